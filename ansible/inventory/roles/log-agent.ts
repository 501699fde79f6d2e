import { groupDomain } from "../../../services/names.ts";
import { loki, observability } from "../../../services/observability.ts";
import { upstreamOf } from "../nginx/upstream.ts";
import { tlsFiles } from "../observability.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";

/** Log files beside the journal: those of units that have their own directory, and NGINX's. */
function files(
  place: GroupPlace,
): readonly { readonly unit: string; readonly path: string; readonly reader: string }[] {
  const { group } = place;
  if (group.kind !== "hosts") return [];
  return [
    ...group.units.flatMap(({ name, user, logs }) =>
      logs === undefined ? [] : [{ unit: name, path: `${logs}/*.log`, reader: user }],
    ),
    ...(upstreamOf(place) !== undefined ? [{ unit: "nginx", path: "/var/log/nginx/*.log", reader: "adm" }] : []),
  ];
}

/** Takes the journal and declared log files of every host to Loki, labelled and masked (TKT-4.14, ALC-6.2, MUN-3.12). */
export const logAgent: HostRole = {
  name: "log_agent",
  groupVars: (place) => {
    const found = files(place);
    const domain = groupDomain(place.estate.environment, observability, loki);
    return {
      log_agent_endpoint: `https://${domain}:${loki.listens.push.port}`,
      log_agent_tls: tlsFiles(place),
      log_agent_files: found.map(({ unit, path }): Variables => ({ unit, path })),
      log_agent_readers: [...new Set(found.map(({ reader }) => reader))],
    };
  },
};
