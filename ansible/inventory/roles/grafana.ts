import { groupDomain } from "../../../services/names.ts";
import { dashboards, loki, grafana as program, prometheus, tempo } from "../../../services/observability.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import { valueText } from "../markers.ts";
import { isOf, tlsFiles } from "../observability.ts";
import type { GroupPlace, HostRole } from "../role.ts";

/** The address by which all hosts of another program are reached; their certificates hold its name. */
const address = ({ resolved }: GroupPlace, { owner, port }: Listener): string =>
  `https://${groupDomain(resolved.environment, resolved.service, { name: owner })}:${port}`;

/** The first administrator's password, as the catalogue gives it. */
function password({ resolved }: GroupPlace): string {
  const value = program.units
    .flatMap(({ environment }) => environment.values["GF_SECURITY_ADMIN_PASSWORD"] ?? [])
    .at(0);
  if (value === undefined) {
    throw new Error(`${resolved.service.name}/components/${program.name}/units: must give GF_SECURITY_ADMIN_PASSWORD`);
  }
  return valueText(resolved, value);
}

/** Shows metrics, logs and traces; all it shows comes from files, so that two hosts show the same (MUN-3.5). */
export const grafana: HostRole = {
  name: "grafana",
  groupVars: (place) => {
    if (!isOf(place, program)) return undefined;
    const site = place.resolved.entrypoints.find(({ entrypoint }) => entrypoint === dashboards);
    return {
      grafana_port: program.listens.web.port,
      grafana_tls: tlsFiles(place),
      grafana_site: site?.hostName ?? place.hosts[0]?.domain,
      grafana_admin_password: password(place),
      grafana_sources: {
        prometheus: address(place, prometheus.listens.query),
        alertmanager: address(place, prometheus.listens.alertmanager),
        loki: address(place, loki.listens.push),
        tempo: address(place, tempo.listens.query),
      },
    };
  },
  // Data sources take their client certificate from files at its start alone.
  reloads: (place) => (isOf(place, program) ? ["systemctl try-restart grafana.service"] : []),
};
