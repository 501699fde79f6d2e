import type { RuleFacts } from "../engine/rule.ts";

export const undeclaredFlow: RuleFacts = {
  id: "REACH-001",
  slug: "no-undeclared-flow",
  severity: "critical",
  title: "Every possible flow is declared",
  why: "Whoever takes one machine reaches whatever all layers together leave open, whether anybody meant it or not.",
  fix: "Declare the flow in the catalogue with its reason, or take away the rule that lets it through.",
  requirements: [
    ...["TKT-5.5", "NOD-5.1", "NOD-5.2", "NOD-5.3", "NOD-SEC.2"],
    ...["BRK-3.1", "BRK-3.5", "BRK-4.1", "BRK-4.5", "BRK-14.1", "BRK-14.3", "BRK-15.1", "BRK-15.2", "BRK-18.1"],
    ...["BRK-SEC.9", "BRK-SEC.11", "BRK-SEC.16", "BRK-SEC.21", "ALC-SEC.2"],
  ],
};

export const impossibleFlow: RuleFacts = {
  id: "REACH-002",
  slug: "no-impossible-flow",
  severity: "high",
  title: "Every declared flow is possible",
  why: "What the catalogue promises does not work: a host cannot reach its database, or replies never come back.",
  fix: "Open the layer that stops it, or take the flow out of the catalogue.",
  requirements: ["BRK-14.1"],
};

export const groupAdmitsMore: RuleFacts = {
  id: "REACH-003",
  slug: "security-group-admits-declared-flows-only",
  severity: "high",
  title: "No security group admits more than is declared",
  why: "Another layer hides it today; the day that layer changes, it is open.",
  fix: "Narrow the rule to the peers and ports of declared flows, or take it away.",
  requirements: ["TKT-5.5", "NOD-5.3", "NOD-SEC.2", "BRK-15.1", "BRK-18.1", "BRK-SEC.9"],
};

export const policyAdmitsMore: RuleFacts = {
  id: "REACH-004",
  slug: "network-policy-admits-declared-flows-only",
  severity: "high",
  title: "No NetworkPolicy admits more than is declared, and every pod has one for both directions",
  why: "Pods of a service share their nodes' security group: their policies alone tell one from another.",
  fix: "Narrow the policy to the peers and ports of declared flows, or add the one that is missing.",
  requirements: ["ALC-6.8", "ALC-SEC.2"],
};

export const hostAdmitsMore: RuleFacts = {
  id: "REACH-005",
  slug: "host-firewall-admits-declared-flows-only",
  severity: "high",
  title: "No host's firewall accepts or opens more than is declared",
  why: "It is the one layer that stays when an account's network is changed by mistake.",
  fix: "Narrow the rule of nftables to the peers and ports of declared flows, or take it away.",
  requirements: ["BRK-SEC.9"],
};

export const tierAdmitsMore: RuleFacts = {
  id: "REACH-006",
  slug: "network-acl-admits-declared-tiers-only",
  severity: "medium",
  title: "Network ACLs let pass, between tiers, no port that no declared flow between them has",
  why: "The ACL is what still holds where a security group is opened by mistake.",
  fix: "Narrow the entry to the ports of declared flows between the two tiers.",
  requirements: [],
};

export const routeLeadsMore: RuleFacts = {
  id: "REACH-007",
  slug: "routes-lead-where-flows-are-declared",
  severity: "high",
  title:
    "Only subnets with declared flows beyond the network have routes beyond it, and a firewall pairs them with domains",
  why: "A route to the internet that nobody needs waits for the first rule that lets something use it.",
  fix: "Take the route away, or lead it through the firewall that names the source's domains.",
  requirements: ["BRK-4.5", "BRK-15.1", "BRK-15.2"],
};

export const clearHop: RuleFacts = {
  id: "REACH-010",
  slug: "no-hop-in-clear",
  severity: "critical",
  title: "No hop of a possible flow is in clear beyond loopback",
  why: "Whoever is on the path reads and changes what it carries: personal data, passwords, tokens.",
  fix: "Let TLS end at the process that answers, or at a proxy beside it that hands on over loopback.",
  requirements: ["MUN-2.2", "MUN-2.3", "MUN-SEC.3", "BRK-SEC.11"],
};

/** All that reachability may find: its rules judge an environment as a whole, not subject by subject. */
export const reachRules: readonly RuleFacts[] = [
  undeclaredFlow,
  impossibleFlow,
  groupAdmitsMore,
  policyAdmitsMore,
  hostAdmitsMore,
  tierAdmitsMore,
  routeLeadsMore,
  clearHop,
];
