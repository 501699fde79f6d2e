import { demand, rule } from "../../engine/rule.ts";
import { askedCallers } from "../../model/identity/callers.ts";

export const interfaceAsksWhoCalls = rule({
  id: "IAM-028",
  slug: "interface-asks-who-calls",
  severity: "high",
  title: "Every route of an API and every address of a function asks callers who they are",
  why: "It has an address on the internet that cannot be closed: without the question, whoever finds it runs what is behind it.",
  fix: "Set authorization of the method or route (AWS_IAM, JWT, CUSTOM, COGNITO_USER_POOLS), AWS_IAM for a function's address.",
  appliesTo: askedCallers,
  requirements: [],
  check: ({ attribute, asks }) =>
    demand(attribute, asks, "a way to know the caller", (way) => way.toUpperCase() !== "NONE"),
});
