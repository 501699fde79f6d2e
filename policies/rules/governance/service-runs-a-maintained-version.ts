import { demand, objection, rule } from "../../engine/rule.ts";
import { runningVersions } from "../../model/governance/running-versions.ts";
import { isMaintained, maintainedText } from "../../model/maintained.ts";
import { isUnknown } from "../../model/value.ts";

/** Clusters of Kubernetes have a rule of their own, K8S-033. */
export const serviceRunsAMaintainedVersion = rule({
  id: "GOV-027",
  slug: "service-runs-a-maintained-version",
  severity: "medium",
  title: "Databases, caches, brokers, runtimes and nodes name a version that AWS mends as a standard",
  why: "After its end a published fault of the engine stays open, or is mended for an extra price; then AWS upgrades it at an hour that nobody chose. A version that nothing names is another one for whoever makes it anew.",
  fix: "Name a version that is maintained, and plan its upgrade before its end in the service's release calendar.",
  appliesTo: runningVersions,
  requirements: [],
  check: ({ attribute, engine, version }) =>
    isUnknown(engine)
      ? [objection(attribute, engine, "an engine whose maintained versions are known")]
      : demand(attribute, version ?? "nothing", `${engine} ${maintainedText(engine)}`, (given) =>
          isMaintained(engine, given),
        ),
});
