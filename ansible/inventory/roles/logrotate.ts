import { upstreamOf } from "../nginx/upstream.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";

/** Days that log files stay on their host: the 30 of TKT-4.15 are Loki's, these are for whoever looks on the host. */
const LOCAL_DAYS = 7;

/** Directories of log files that units of a group write. */
const directories = ({ group }: GroupPlace): readonly Variables[] =>
  group.kind === "hosts"
    ? group.units.flatMap(({ name, user, logs }) => (logs === undefined ? [] : [{ name, user, directory: logs }]))
    : [];

/** Log files cut, compressed and removed, where there are any (TKT-5.10). */
export const logrotate: HostRole = {
  name: "logrotate",
  groupVars: (place) => {
    const found = directories(place);
    const nginx = upstreamOf(place) !== undefined;
    return found.length === 0 && !nginx
      ? undefined
      : { logrotate_days: LOCAL_DAYS, logrotate_directories: found, logrotate_nginx: nginx };
  },
};
