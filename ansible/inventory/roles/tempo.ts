import { groupDomain } from "../../../services/names.ts";
import { tempo as program } from "../../../services/observability.ts";
import { inDays } from "../../../services/schema/units.ts";
import { valueText } from "../markers.ts";
import { hostsOf, isOf, tlsFiles } from "../observability.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** The bucket that the catalogue gives Tempo, the part of it that its role may use, and how long traces stay there. */
function storeOf({ resolved }: GroupPlace): Variables {
  const bucket = program.units.flatMap(({ environment }) => environment.values["TEMPO_BUCKET"] ?? []).at(0);
  const access = resolved.service.access.find(({ from }) => from === program);
  if (bucket === undefined || access?.to.expires === undefined) {
    throw new Error(
      `${resolved.service.name}/components/${program.name}: must have TEMPO_BUCKET and access to a bucket that expires`,
    );
  }
  return {
    bucket: valueText(resolved, bucket),
    prefix: access.prefix,
    // The bucket's own rule would take a block away under Tempo's eyes: it ends traces a day before.
    hours: (inDays(access.to.expires) - 1) * 24,
  };
}

/** Takes traces as OTLP over TLS, with no collector before it, and keeps them in its bucket (MUN-3.6, ALC-6.10). */
export const tempo: HostRole = {
  name: "tempo",
  groupVars: (place) => {
    if (!isOf(place, program)) return undefined;
    const { otlp, query, ring, grpc } = program.listens;
    return {
      tempo_ports: { otlp: otlp.port, query: query.port, ring: ring.port, grpc: grpc.port },
      tempo_tls: tlsFiles(place),
      tempo_name: groupDomain(place.resolved.environment, place.resolved.service, program),
      tempo_members: hostsOf(place.estate, program).map(({ domain }) => domain),
      tempo_data: `${DATA_FOLDER}/tempo`,
      tempo_store: storeOf(place),
    };
  },
  // The port of its ring shows the certificate that it read at its start.
  reloads: (place) => (isOf(place, program) ? ["systemctl try-restart tempo.service"] : []),
};
