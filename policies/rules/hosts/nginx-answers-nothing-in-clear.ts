import { objection, rule } from "../../engine/rule.ts";
import { onlyRedirects } from "../../model/nginx/answers.ts";
import { nginxServers } from "../../model/nginx/servers.ts";

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
  check: ({ title, listens, context, protocol }) => {
    // What a stream hands on unread is TLS of whoever stands behind it.
    const fine = protocol === "http" ? onlyRedirects(context) : context.isOn("ssl_preread", false);
    return listens
      .filter(({ tls, loopback }) => !(tls || loopback || fine))
      .map(({ address, port }) =>
        objection(
          `${title}: listen ${address}:${port}`,
          "clear text",
          "ssl, an address of loopback, or only a redirect",
        ),
      );
  },
});
