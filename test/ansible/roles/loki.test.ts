import { describe, expect, test } from "vitest";
import { loki } from "../../../ansible/inventory/roles/loki.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

interface Retention {
  readonly selector: string;
  readonly period: string;
  readonly priority: number;
}
const hours = (period: unknown): number => Number(String(period).replace(/h$/, ""));

describe("the role loki", () => {
  test.each(estates)(
    "keeps lines for 30 days at least, whoever wrote them [TKT-4.15, MUN-3.12]: $environment.name",
    (estate) => {
      const variables = inventoryOf(estate, [loki]).groupVars["observability_loki"];
      const retentions = variables?.["loki_retentions"] as unknown as readonly Retention[];

      expect(hours(variables?.["loki_retention"])).toBeGreaterThanOrEqual(720);
      expect(retentions.filter(({ period }) => !(hours(period) >= 720))).toEqual([]);
      expect(retentions.map(({ selector }) => selector)).toEqual(
        estate.services.flatMap(({ service: { name } }) => [
          `{service="${name}"}`,
          `{service="${name}",stream="audit"}`,
        ]),
      );
    },
  );

  test.each(estates)(
    "keeps the audit stream apart and longer, and no shorter rule wins [MUN-3.13]: $environment.name",
    (estate) => {
      const variables = inventoryOf(estate, [loki]).groupVars["observability_loki"];
      const retentions = variables?.["loki_retentions"] as unknown as readonly Retention[];

      for (const { service } of estate.services) {
        const [all, audit] = retentions.filter(({ selector }) => selector.includes(`"${service.name}"`));
        expect(hours(audit?.period), service.name).toBe(service.logs.audit / 3_600);
        expect(audit?.priority, service.name).toBeGreaterThan(all?.priority ?? Number.POSITIVE_INFINITY);
      }
    },
  );

  test("uses the part of the bucket that its role may use, and lets Grafana alone read [MUN-3.13]", () => {
    const [dev] = estates;
    if (dev === undefined) throw new Error("no environment");
    const variables = inventoryOf(dev, [loki]).groupVars["observability_loki"];

    expect(variables?.["loki_store"]).toEqual({ bucket: "dev-obs-logs-111111111111", prefix: "loki" });
    expect(variables?.["loki_readers"]).toEqual([
      "grafana-a.observability.dev.internal.example.org",
      "grafana-b.observability.dev.internal.example.org",
    ]);
  });
});
