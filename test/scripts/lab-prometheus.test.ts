import { describe, expect, test } from "vitest";
import { hostTargets } from "../../ansible/inventory/scrapes.ts";
import { alertsOf } from "../../monitoring/alerts.ts";
import { planLab } from "../../scripts/lab/plan.ts";
import { type ActiveTarget, wrongRules, wrongTargets } from "../../scripts/lab/verify/prometheus-api.ts";

const plan = planLab("observability", "dev");
const host = "prometheus-a.observability.dev.internal.example.org";

describe("rules that Prometheus says it has", () => {
  const rules = alertsOf(plan.estate);
  const [wanted] = rules.groups;
  const said = (health: string) =>
    rules.groups.map(({ name, rules: each }) => ({ name, rules: each.map(({ alert }) => ({ name: alert, health })) }));

  test("are good when they are those of the catalogue, judged without an error", () => {
    expect(wrongRules(rules, said("ok"))).toEqual([]);
  });

  test("fails when one was not judged, is missing, or is another's", () => {
    const [first, ...others] = said("ok");
    if (first === undefined || wanted === undefined) throw new Error("no rules");
    const [rule, ...more] = first.rules;

    expect(wrongRules(rules, said("unknown"))).toContain(`${wanted.name}/PatchesLate: must be ok, is unknown`);
    expect(wrongRules(rules, [{ ...first, rules: more }, ...others])).toEqual([
      `${wanted.name}: must have ${wanted.rules.length} rules, got ${wanted.rules.length - 1}`,
    ]);
    expect(rule).toBeDefined();
    expect(wrongRules(rules, [...said("ok"), { name: "other", rules: [{ name: "Late", health: "ok" }] }])).toEqual([
      "rule other/Late: is no such of the catalogue",
    ]);
    expect(wrongRules(rules, others)).toContain(`rule ${wanted.name}/PatchesLate: is not there`);
  });
});

describe("targets that Prometheus says it asks", () => {
  /** Those of its own hosts alone: all others are missing. */
  const own = (health: string): readonly ActiveTarget[] =>
    hostTargets(plan.estate)
      .filter(({ address }) => address.startsWith(host))
      .map(({ address, labels }) => ({
        labels: { job: labels.job, instance: address },
        health,
        lastError: "timed out",
      }));

  test("fails when one of the catalogue is missing, or one is of nobody", () => {
    const found = wrongTargets(plan, [
      ...own("up"),
      { labels: { job: "node", instance: "elsewhere:9100" }, health: "down", lastError: "" },
    ]);

    expect(found).toContain("target node api-a.ticketing.dev.internal.example.org:9100: is not there");
    expect(found).toContain("target node elsewhere:9100: is no such of the catalogue");
    expect(found.filter((each) => each.includes(`node ${host}`))).toEqual([]);
  });

  test("fails when one of a host that runs does not answer", () => {
    expect(wrongTargets(plan, own("down"))).toContain(`target node ${host}:9100: must be up, is down timed out`);
  });
});
