import { objection, rule } from "../../engine/rule.ts";
import { givenValues } from "../../model/cluster/given-values.ts";

/** A pod runs the program of its image, for those whom it is meant for. */
export const podKeepsItsGuards = rule({
  id: "K8S-041",
  slug: "pod-keeps-its-guards",
  severity: "high",
  title:
    "No variable, ConfigMap or command of pods, tasks and functions loads code into a program, leads it through a proxy, debugs it, or turns off a guard",
  why: "One variable runs foreign code in every pod that has it; a debugger, a token that nobody signs or an origin that is anybody opens the rest.",
  fix: "Take it out of the variables or the ConfigMap; name proxies and origins one by one.",
  appliesTo: givenValues,
  requirements: [],
  check: ({ attribute, weak }) => weak.map(({ text, expected }) => objection(attribute, text, expected)),
});
