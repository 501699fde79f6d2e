import { missing, objection, rule } from "../../engine/rule.ts";
import { isEmpty, selectorShown } from "../../model/cluster/selector.ts";
import { selecting } from "../../model/contract/selecting.ts";

/** What is written for somebody is for somebody. */
export const selectorFindsItsPods = rule({
  id: "ONE-004",
  slug: "selector-finds-its-pods",
  severity: "medium",
  title: "NetworkPolicies and budgets select pods that are there, and so do the peers that they name",
  why: "A policy for pods that nobody makes protects nobody; a peer that nobody is means that a flow is closed, or stands open for whoever takes its labels.",
  fix: "Let the selector have the labels of the pods, or remove it.",
  appliesTo: selecting,
  requirements: [],
  check: ({ selectors }, estate) =>
    missing(
      estate,
      selectors
        .filter(({ selector, pods }) => !isEmpty(selector) && pods.length === 0)
        .map(({ attribute, selector }) => objection(attribute, `${selectorShown(selector)}: no pod`, "labels of pods")),
    ),
});
