import { groupDomain } from "../../../services/names.ts";
import { grafana, loki as program, prometheus } from "../../../services/observability.ts";
import type { Estate } from "../../../services/resolve.ts";
import type { Duration } from "../../../services/schema/units.ts";
import { valueText } from "../markers.ts";
import { hostsOf, isOf, namesOf, observabilityOf, tlsFiles } from "../observability.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** The label of lines that belong to an audit trail: agents set it from the line's own field `stream` (MUN-3.13). */
const AUDIT = 'stream="audit"';

const inHours = (duration: Duration): string => `${Math.ceil(duration / 3_600)}h`;

/** How long each service's lines stay (TKT-4.15), and those of its audit trail; the more specific has the higher priority. */
const retentions = ({ services }: Estate): readonly Variables[] =>
  services.flatMap(({ service: { name, logs } }): readonly Variables[] => [
    { selector: `{service="${name}"}`, period: inHours(logs.keep), priority: 1 },
    { selector: `{service="${name}",${AUDIT}}`, period: inHours(logs.audit), priority: 2 },
  ]);

/** The bucket that the catalogue gives Loki, and the part of it that its role may use. */
function storeOf({ resolved }: GroupPlace): Variables {
  const bucket = program.units.flatMap(({ environment }) => environment.values["LOKI_BUCKET"] ?? []).at(0);
  const access = resolved.service.access.find(({ from }) => from === program);
  if (bucket === undefined || access === undefined) {
    throw new Error(`${resolved.service.name}/components/${program.name}: must have LOKI_BUCKET and access to it`);
  }
  return { bucket: valueText(resolved, bucket), prefix: access.prefix };
}

/** Keeps the logs of all services: every host may add lines, Grafana alone may read them (TKT-4.14, MUN-3.12). */
export const loki: HostRole = {
  name: "loki",
  groupVars: (place) => {
    if (!isOf(place, program)) return undefined;
    const { estate, resolved } = place;
    const { push, api, ring, grpc } = program.listens;
    return {
      loki_ports: { push: push.port, api: api.port, ring: ring.port, grpc: grpc.port },
      loki_tls: tlsFiles(place),
      loki_name: groupDomain(resolved.environment, resolved.service, program),
      loki_members: hostsOf(estate, program).map(({ domain }) => domain),
      loki_readers: namesOf(estate, grafana),
      loki_watchers: namesOf(estate, prometheus),
      loki_data: `${DATA_FOLDER}/loki`,
      loki_store: storeOf(place),
      loki_retention: inHours(observabilityOf(estate).service.logs.keep),
      loki_retentions: retentions(estate),
    };
  },
  // The port of its ring shows the certificate that it read at its start.
  reloads: (place) =>
    isOf(place, program) ? ["systemctl try-restart loki.service", "systemctl reload nginx.service"] : [],
};
