import { demand, rule } from "../../engine/rule.ts";
import { awsProviders } from "../../model/governance/providers.ts";

/** Domains of AWS' own endpoints (AWS General Reference, "AWS service endpoints", read 2026-11-23). */
const OF_AWS = /^https:\/\/(?:[\w-]+\.)+(?:amazonaws\.com(?:\.cn)?|api\.aws)(?::443)?\/?$/;

/** Whoever answers in the place of AWS is handed every secret that a configuration writes. */
export const providerSpeaksToAws = rule({
  id: "GOV-021",
  slug: "provider-speaks-to-aws",
  severity: "critical",
  title: "A provider speaks to AWS itself, and checks that it does",
  why: "An endpoint of somebody else is asked with signed requests, gets secrets in the clear and says that all is done.",
  fix: "No endpoints but those of AWS, over https; never insecure.",
  appliesTo: awsProviders,
  requirements: [],
  check: ({ endpoints, insecure }) => [
    ...endpoints.flatMap(([service, address]) =>
      demand(`endpoints.${service}`, address, "an endpoint of AWS, over https", (each) => OF_AWS.test(each)),
    ),
    ...demand("insecure", insecure, "false", (each) => !each),
  ],
});
