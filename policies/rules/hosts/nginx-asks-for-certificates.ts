import { demand, objection, rule } from "../../engine/rule.ts";
import { isOfSystem } from "../../model/hosts/system-authorities.ts";
import { certificateServers } from "../../model/nginx/client-certificates.ts";
import { leadingErrors, withoutCertificate } from "../../model/nginx/error-pages.ts";

/** Mutual TLS that holds: nobody without a certificate, nobody with a revoked one, nobody by an earlier session. */
export const nginxAsksForCertificates = rule({
  id: "HOST-005",
  slug: "nginx-asks-for-certificates",
  severity: "critical",
  title: "Ports for mutual TLS accept nobody without a good certificate",
  why: "With `optional`, without the revocation list, by a resumed session or an error page that hands on, a client gets in whose certificate is missing or revoked.",
  fix: "ssl_verify_client on; ssl_client_certificate; ssl_crl; ssl_session_cache off and ssl_session_tickets off, in every server of the socket; error_page to a location that returns.",
  appliesTo: certificateServers,
  requirements: [
    ...["BRK-8.1", "BRK-9.1", "BRK-9.3", "BRK-10.4", "BRK-14.1", "BRK-18.3", "BRK-26.5"],
    ...["BRK-SEC.3", "BRK-SEC.6", "BRK-SEC.8", "BRK-SEC.18"],
  ],
  check: ({ server, besides, shortLived }) => {
    const { context, title } = server;
    const word = (name: string, byDefault: string): string => context.word(name, byDefault);
    const authorities = ["ssl_client_certificate", "ssl_trusted_certificate"]
      .map((name) => word(name, ""))
      .filter((file) => file !== "");
    const others = besides.filter(
      ({ context: other }) => !other.isOn("ssl_verify_client", false) && !other.isOn("ssl_reject_handshake", false),
    );
    return [
      ...demand(`${title}: ssl_verify_client`, word("ssl_verify_client", "off"), "on", (it) => it === "on"),
      ...demand(
        `${title}: ssl_client_certificate`,
        authorities.join(" "),
        "the file of one authority of ours",
        () => authorities.length > 0 && !authorities.some(isOfSystem),
      ),
      ...(shortLived
        ? []
        : demand(`${title}: ssl_crl`, word("ssl_crl", ""), "the revocation list of the authority", (it) => it !== "")),
      ...demand(`${title}: ssl_session_cache`, word("ssl_session_cache", "none"), "off or none", (it) =>
        ["off", "none"].includes(it),
      ),
      ...demand(`${title}: ssl_session_tickets`, word("ssl_session_tickets", "on"), "off", (it) => it === "off"),
      ...others.map((other) =>
        objection(`${other.title}: ssl_verify_client`, "off", `on, as ${title} has it at the same socket`),
      ),
      ...leadingErrors(server, withoutCertificate).map(({ attribute, got }) =>
        objection(`${title}: ${attribute}`, got, "an answer of NGINX' own"),
      ),
    ];
  },
});
