import { objection, rule } from "../../engine/rule.ts";
import { onlyRedirects } from "../../model/nginx/answers.ts";
import { leadingErrors, withoutTls } from "../../model/nginx/error-pages.ts";
import { nginxServers, within } from "../../model/nginx/servers.ts";

/** Beyond its own host, a socket without TLS sends callers to TLS and says nothing else. */
export const nginxAnswersNothingInClear = rule({
  id: "HOST-003",
  slug: "nginx-answers-nothing-in-clear",
  severity: "critical",
  title: "NGINX answers in clear text on loopback only",
  why: "Passwords, tokens and messages could be read and changed by anybody on the way.",
  fix: "Add ssl to the listen, bind it to loopback, or answer nothing but a redirect to https.",
  appliesTo: nginxServers,
  requirements: [],
  check: (server) => {
    const { title, listens, context, protocol } = server;
    // What a stream hands on unread is TLS of whoever stands behind it.
    const fine = protocol === "http" ? onlyRedirects(context) : context.isOn("ssl_preread", false);
    const reached = listens.filter(({ loopback }) => !loopback);
    const clear = reached.filter(({ tls }) => !tls);
    // Clear text is an error at a socket of TLS, and at one without it whatever a server refuses with.
    const statuses = clear.length === 0 ? withoutTls : undefined;
    const errors = protocol === "http" && reached.length > 0 ? leadingErrors(server, statuses) : [];
    return clear.length > 0 && !fine
      ? clear.map(({ address, port }) =>
          objection(
            `${title}: listen ${address}:${port}`,
            "clear text",
            "ssl, an address of loopback, or only a redirect",
          ),
        )
      : errors.map(({ where, attribute, got }) =>
          objection(`${within(server, where)}: ${attribute}`, got, "an answer of NGINX' own"),
        );
  },
});
