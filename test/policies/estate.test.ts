import { beforeAll, describe, expect, test } from "vitest";
import type { RuleFacts } from "../../policies/engine/rule.ts";
import { type Report, reportOf, unwaived } from "../../policies/report/report.ts";
import { verdictOf } from "../../policies/report/verdict.ts";
import { readWaivers, waiversFile } from "../../policies/waivers/read.ts";
import { loadJudges } from "../../scripts/policy/judges.ts";
import { claimOf, judgingRules } from "../../scripts/requirements/claims.ts";
import { type MadeOutputs, madeOutputs } from "./support/made-outputs.ts";

/**
 * Every rule on the outputs of the real catalogue: it has something to judge there, and finds nothing that nobody accepts.
 * What a rule proves is proven here: its test names the requirements that the rule itself lists.
 */

/** Rules that outputs give nothing to judge: what they are for, which we do not make. They prove nothing. */
const idle: Readonly<Record<string, string>> = {
  "others-join-by-consent": "no transit gateway and no endpoint service: nobody else's network joins ours",
  "mutual-tls-verifies": "mutual TLS ends at NGINX on hosts and in pods, not at a load balancer or an API of AWS",
  "interface-asks-who-calls": "no API of API Gateway and no function with an address",
  "disk-is-encrypted": "pods keep nothing: data lie on hosts, in managed databases and in buckets",
  "ingress-is-encrypted-and-plain": "the load balancer is Terraform's and bound to Services; there is no Ingress",
  "cluster-object-is-shown": "releases are rendered by Helm: Terraform makes no object in a cluster",
  "task-has-no-privileges": "containers run on Kubernetes, not on ECS",
  "program-is-pinned": "nothing runs outside of hosts and Kubernetes: no functions, no tasks, no searches for images",
  "program-runs-in-a-network": "AWS runs no programs here: no functions, notebooks or builds",
  "workbench-has-no-rights-on-its-machine": "no notebooks, and builds run on GitHub",
  "users-sign-in-safely": "people sign in at the applications and at the identity provider of the organisation",
  "nodes-hold-network-policies": "all nodes are of EKS Auto Mode (network-policy-is-held)",
  "nothing-is-kept-stopped": "states of machines and databases are left to AWS",
  "event-is-not-lost": "no functions: events go to topics",
  "fleet-replaces-what-fails": "hosts have names, addresses and certificates of their own; nodes are EKS's",
  "mesh-encrypts-and-verifies": "NGINX beside each program ends TLS; there is no service mesh",
  "module-is-pinned": "stacks are synthesized whole, and call no module",
  "module-is-read": "stacks are synthesized whole, and call no module",
  "plan-adopts-its-own": "stacks make what they hold, and import nothing",
  "plan-is-fresh": "npm start makes configurations; plans need credentials",
  "plan-is-whole": "npm start makes configurations; plans need credentials",
  "plan-takes-no-protection-away": "npm start makes configurations; plans need credentials",
  "plan-takes-no-state-away": "npm start makes configurations; plans need credentials",
};

/** What a goal says of a service as a whole, which is on hosts or in pods: it is made, and safe, before anybody deploys it. */
const services: readonly (readonly [service: string, claim: string, hosts: RegExp, pods: boolean])[] = [
  ["ticketing", "[TKT-0.1, TKT-8.1]", /-tkt-/, false],
  ["desktop-backend", "[NOD-0.1]", /-nod-/, true],
  ["resident-services", "[MUN-0.1]", /-mun-/, true],
  ["message-broker", "[BRK-0.1]", /-brk-/, false],
  ["student-allocation", "[ALC-0.1]", /-alc-/, true],
];

let outputs: MadeOutputs;
let report: Report;
beforeAll(async () => {
  outputs = await madeOutputs();
  report = reportOf(verdictOf(outputs.estates, await loadJudges()), {
    waivers: readWaivers(waiversFile),
    waiversFile,
    today: new Date().toISOString().slice(0, 10),
  });
});

/** How many subjects a rule had in all environments, and what it found that nobody accepts. */
const said = ({ id }: RuleFacts) => ({
  subjects: report.runs.filter(({ rule }) => rule === id).reduce((sum, { subjects }) => sum + subjects, 0),
  found: unwaived(report)
    .filter(({ rule }) => rule === id)
    .map(
      ({ environment, resource, attribute, got, expected }) =>
        `${environment} ${resource} ${attribute}: got ${got}, must be ${expected}`,
    ),
});

describe("rules", () => {
  const titled = (rules: readonly RuleFacts[]) => rules.map((rule) => [rule.slug, claimOf(rule), rule] as const);
  const [busy, others] = [
    judgingRules.filter(({ slug }) => !(slug in idle)),
    judgingRules.filter(({ slug }) => slug in idle),
  ];

  test.each(titled(busy))("%s holds in every environment%s", (_slug, _claim, rule) => {
    const { subjects, found } = said(rule);

    expect(found).toEqual([]);
    expect(subjects).toBeGreaterThan(0);
  });

  test.each(titled(others))("%s has nothing to judge, and proves nothing%s", (_slug, claim, rule) => {
    expect(claim).toBe("");
    expect(said(rule)).toEqual({ subjects: 0, found: [] });
  });

  test("that have nothing to judge are there", () => {
    expect(others.map(({ slug }) => slug).sort()).toEqual(Object.keys(idle).sort());
  });
});

describe("waivers", () => {
  test("are needed, unchanged and not expired", () => {
    expect(unwaived(report).filter(({ rule }) => !judgingRules.some(({ id }) => id === rule))).toEqual([]);
  });
});

describe("services", () => {
  test.each(services)(
    "%s is made in every environment, and nothing is found in it %s",
    (service, _claim, ofHosts, inPods) => {
      expect(outputs.estates.map(({ environment }) => environment).sort()).toEqual(["dev", "production", "staging"]);
      for (const { terraform, manifests, hosts } of outputs.estates) {
        expect(terraform.documents.filter(({ stack }) => stack === service)).toHaveLength(1);
        expect(hosts.some(({ name }) => ofHosts.test(name)) || inPods).toBe(true);
        expect(manifests.some(({ release }) => release === service)).toBe(inPods);
      }
      const found = unwaived(report).filter(({ stack, resource }) => stack === service || ofHosts.test(resource));
      expect(found).toEqual([]);
    },
  );
});
