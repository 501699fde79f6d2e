import { demand, objection, rule } from "../../engine/rule.ts";
import { nginxServers, speaksTls } from "../../model/nginx/servers.ts";
import { looseCiphers } from "../../model/tls-ciphers.ts";

/** Of versions before 1.27.3; which one runs, outputs do not say (ngx_http_ssl_module, read 2026-11-22). */
const BY_DEFAULT = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
const MODERN = ["TLSv1.2", "TLSv1.3"];
/** Of at least 128 bits, and what OpenSSL takes by itself. */
const CURVES = [
  ...["auto", "X25519", "X448", "prime256v1", "P-256", "secp256r1", "secp384r1", "P-384", "secp521r1", "P-521"],
  ...["X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024"],
];

/** TLS 1.2 with forward secret, authenticated suites, TLS 1.3, and no ticket that opens recorded sessions. */
export const nginxSpeaksModernTls = rule({
  id: "HOST-002",
  slug: "nginx-speaks-modern-tls",
  severity: "high",
  title: "NGINX speaks TLS 1.2 and 1.3 only, with forward secrecy",
  why: "Old versions and suites can be read or forged; whoever records traffic and later gets the key reads all of it.",
  fix: "ssl_protocols TLSv1.2 TLSv1.3; the suites of Mozilla's intermediate list in ssl_ciphers; ssl_session_tickets off.",
  appliesTo: nginxServers,
  concerns: speaksTls,
  requirements: ["BRK-19.3", "BRK-SEC.17", "BRK-SEC.19"],
  check: ({ title, context }) => {
    const protocols = context.words("ssl_protocols") ?? BY_DEFAULT;
    const ciphers = context.word("ssl_ciphers", "HIGH:!aNULL:!MD5");
    const loose = protocols.every((each) => each === "TLSv1.3") ? [] : looseCiphers(ciphers);
    return [
      ...demand(`${title}: ssl_protocols`, protocols, "TLSv1.2 and TLSv1.3 at most", (all) =>
        all.every((each) => MODERN.includes(each)),
      ),
      ...(loose.length === 0
        ? []
        : [objection(`${title}: ssl_ciphers`, loose, "forward secret suites with AES-GCM or ChaCha20 only")]),
      ...demand(
        `${title}: ssl_session_tickets`,
        context.word("ssl_session_tickets", "on"),
        "off",
        (it) => it === "off",
      ),
      ...demand(
        `${title}: ssl_ecdh_curve`,
        context.word("ssl_ecdh_curve", "auto").split(":"),
        CURVES.join(", "),
        (all) => all.every((each) => CURVES.some((curve) => curve.toLowerCase() === each.toLowerCase())),
      ),
      // Words of OpenSSL's own come last, and change protocols, suites and tickets alike.
      ...context
        .inForce("ssl_conf_command")
        .map(({ words }) => objection(`${title}: ssl_conf_command`, words, "nothing: settings of NGINX' own alone")),
      ...demand(`${title}: ssl_early_data`, context.word("ssl_early_data", "off"), "off", (it) => it === "off"),
    ];
  },
});
