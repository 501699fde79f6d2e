import type { Listener } from "../../../services/schema/listener.ts";
import type { GroupPlace } from "../role.ts";

/** The application's own listener on loopback, which NGINX speaks TLS for; undefined where no NGINX stands. */
export const upstreamOf = ({ group }: Pick<GroupPlace, "group">): Listener | undefined =>
  group.kind === "hosts" ? group.listens["upstream"] : undefined;
