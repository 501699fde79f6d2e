import { describe, expect, test } from "vitest";
import { alertmanager } from "../../../ansible/inventory/roles/alertmanager.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const [environment] = catalogue.environments;
if (environment === undefined) throw new Error("no environment");
const { groups, groupVars } = inventoryOf(resolveEstate(catalogue, environment), [alertmanager]);
const variables = groupVars["observability_prometheus"];

describe("the role alertmanager", () => {
  test("runs beside each Prometheus, and members know each other", () => {
    expect(Object.keys(groups["alertmanager"]?.children ?? {})).toEqual(["observability_prometheus"]);
    expect(variables?.["alertmanager_members"]).toEqual([
      "prometheus-a.observability.dev.internal.example.org",
      "prometheus-b.observability.dev.internal.example.org",
    ]);
  });

  test("has the key of the pager and a login at the mail endpoint, as markers [MUN-3.11]", () => {
    expect(variables?.["alertmanager_pager_key"]).toBe("%%secret:dev/observability/pagerduty-key%%");
    expect(variables?.["alertmanager_mail"]).toEqual({
      server: "email-smtp.eu-central-1.amazonaws.com:587",
      user: "%%secret:dev/observability/smtp-user%%",
      password: "%%secret:dev/observability/smtp-password%%",
      from: "alerts@dev.example.org",
      to: environment.alarmMail,
    });
  });

  test("takes silences from Grafana, alerts from Prometheus, and nothing from others", () => {
    expect(variables?.["alertmanager_clients"]).toEqual(
      ["prometheus-a", "prometheus-b", "grafana-a", "grafana-b"].map(
        (host) => `${host}.observability.dev.internal.example.org`,
      ),
    );
  });
});
