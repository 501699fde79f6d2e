import { grafana, prometheus as program } from "../../../services/observability.ts";
import type { Value } from "../../../services/schema/value.ts";
import { valueText } from "../markers.ts";
import { hostsOf, isOf, namesOf, tlsFiles } from "../observability.ts";
import type { GroupPlace, HostRole } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** A value that the catalogue gives Alertmanager. Throws with the path for one it does not give. */
function given({ resolved }: GroupPlace, name: string): string {
  const values = program.units.find((unit) => unit.name === "alertmanager")?.environment.values;
  const value: Value | undefined = values?.[name];
  if (value === undefined) {
    throw new Error(
      `${resolved.service.name}/components/${program.name}/units/alertmanager: must give ${name}, got none`,
    );
  }
  return valueText(resolved, value);
}

/** Takes alerts to people: pages to the pager, tickets by mail, each once though two of it run (MUN-3.11). */
export const alertmanager: HostRole = {
  name: "alertmanager",
  groupVars: (place) => {
    if (!isOf(place, program)) return undefined;
    const { alertmanager: web, gossip } = program.listens;
    return {
      alertmanager_port: web.port,
      alertmanager_gossip_port: gossip.port,
      alertmanager_tls: tlsFiles(place),
      alertmanager_clients: namesOf(place.estate, program, grafana),
      alertmanager_members: hostsOf(place.estate, program).map(({ domain }) => domain),
      alertmanager_data: `${DATA_FOLDER}/alertmanager`,
      alertmanager_pager_key: given(place, "PAGERDUTY_KEY"),
      alertmanager_mail: {
        server: `${given(place, "SMTP_HOST")}:${given(place, "SMTP_PORT")}`,
        user: given(place, "SMTP_USER"),
        password: given(place, "SMTP_PASSWORD"),
        from: given(place, "SMTP_FROM"),
        to: place.estate.environment.alarmMail,
      },
    };
  },
};
