import { objection, rule } from "../../engine/rule.ts";
import { kindsOfObjects } from "../../model/cluster/kinds.ts";
import { Unknown } from "../../model/value.ts";

/** What nobody reads may start anything and let anybody in. */
export const objectIsOfAJudgedKind = rule({
  id: "K8S-035",
  slug: "object-is-of-a-judged-kind",
  severity: "high",
  title: "Every object is of a kind that is judged, and starts programs by templates of pods alone",
  why: "A Workflow starts privileged containers, a webhook changes every pod, a VirtualService opens a door: rules on Deployments and Ingresses see none of it.",
  fix: "Say it by a kind that is judged: a Deployment, a Job, an Ingress; or write the rules that judge this one, and add it to policies/model/cluster/kinds.ts.",
  appliesTo: kindsOfObjects,
  requirements: [],
  check: ({ judged, images, manifest: { apiVersion, kind } }) =>
    judged
      ? images.map((path) => objection(path, "an image outside of every template of pods", "a template of pods"))
      : [objection("kind", new Unknown(`${kind} of ${apiVersion}, which no rule reads`), "a kind that is judged")],
});
