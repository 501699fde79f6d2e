import { objection, rule } from "../../engine/rule.ts";
import { listeners } from "../../model/hosts/listeners.ts";

/** A program listens on loopback, or on one address of its host and with TLS. */
export const serviceListensWithTls = rule({
  id: "HOST-016",
  slug: "service-listens-with-tls",
  severity: "high",
  title: "Programs that a command line, a socket, an environment or a setting binds listen on loopback or with TLS",
  why: "A program on all addresses is reached past NGINX: in clear text, without limits and without client certificates.",
  fix: "127.0.0.1 behind NGINX, or the host's own address with the option that names certificate and key.",
  appliesTo: listeners,
  requirements: ["BRK-SEC.11", "BRK-SEC.24", "BRK-17.5"],
  check: ({ option, address, loopback, everywhere, tls }) => {
    if (loopback) return [];
    if (everywhere) return [objection(option, address, "one address of the host, not all")];
    return tls ? [] : [objection(option, `${address} in clear text`, "loopback, or TLS by its own options")];
  },
});
