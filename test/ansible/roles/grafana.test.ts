import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { grafana } from "../../../ansible/inventory/roles/grafana.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const [environment] = catalogue.environments;
if (environment === undefined) throw new Error("no environment");
const { groupVars } = inventoryOf(resolveEstate(catalogue, environment), [grafana]);
const variables = groupVars["observability_grafana"];

describe("the role grafana", () => {
  test("shows metrics, alerts, logs and traces, each by the name of all their hosts and over TLS [TKT-4.1]", () => {
    expect(variables?.["grafana_sources"]).toEqual({
      prometheus: "https://prometheus.observability.dev.internal.example.org:9090",
      alertmanager: "https://prometheus.observability.dev.internal.example.org:9093",
      loki: "https://loki.observability.dev.internal.example.org:3100",
      tempo: "https://tempo.observability.dev.internal.example.org:3200",
    });
  });

  test("is called by the name of its entrypoint, and its first password is a marker", () => {
    expect(variables?.["grafana_site"]).toBe("grafana.dev.example.org");
    expect(variables?.["grafana_admin_password"]).toBe("%%secret:dev/observability/grafana-admin%%");
  });

  test("takes a rotated password once Grafana, restarted or just made, is well", () => {
    const path = join(import.meta.dirname, "../../../ansible/roles/grafana/handlers/main.yml");
    const handlers = parse(readFileSync(path, "utf8")) as readonly {
      readonly name: string;
      readonly listen?: string;
      readonly until?: string;
    }[];

    expect(handlers.map(({ name }) => name)).toEqual([
      "Restart Grafana",
      "Wait for Grafana",
      "Set the administrator's password",
      "Forget what was owed to Grafana",
    ]);
    expect(handlers[1]).toMatchObject({
      listen: handlers[2]?.name,
      until: "grafana_health is succeeded",
      "ansible.builtin.uri": { url: "https://{{ platform_domain }}:{{ grafana_port }}/api/health" },
    });
  });
});
