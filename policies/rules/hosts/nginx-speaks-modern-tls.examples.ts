import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const conf = (settings: string, inServer = "") => ({
  web: { [PATH]: `http { ${settings} server { listen 443 ssl; server_name a.example.org; ${inServer} } }` },
});
const strict = "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:!aNULL; ssl_session_tickets off;";
const at = `web:${PATH} server a.example.org *:443:`;

export const examples: Examples = {
  good: [
    { title: "settings of http hold in its servers", hosts: conf(strict) },
    { title: "TLS 1.3 alone, whatever the list says", hosts: conf("ssl_protocols TLSv1.3; ssl_session_tickets off;") },
  ],
  bad: [
    {
      title: "nothing is said",
      hosts: conf(""),
      finds: [`${at} ssl_protocols`, `${at} ssl_ciphers`, `${at} ssl_session_tickets`],
    },
    {
      title: "a server that says otherwise than http",
      hosts: conf(strict, "ssl_protocols TLSv1.1 TLSv1.2; ssl_ciphers HIGH:!aNULL:!MD5;"),
      finds: [`${at} ssl_protocols`, `${at} ssl_ciphers`],
    },
    {
      title: "a curve that can be broken",
      hosts: conf(strict, "ssl_ecdh_curve X25519:secp192r1;"),
      finds: [`${at} ssl_ecdh_curve`],
    },
    {
      title: "tickets, and data before the handshake, at a socket of the old spelling",
      hosts: {
        web: {
          [PATH]: `http { ${strict} server { ssl on; listen 443; ssl_session_tickets on; ssl_early_data on; } }`,
        },
      },
      finds: [
        `web:${PATH} server without a name *:443: ssl_session_tickets`,
        `web:${PATH} server without a name *:443: ssl_early_data`,
      ],
    },
    {
      title: "what OpenSSL is told past all other settings",
      hosts: conf(strict, 'ssl_conf_command Protocol "TLSv1,TLSv1.2"; ssl_conf_command Options SessionTicket;'),
      finds: [`${at} ssl_conf_command`, `${at} ssl_conf_command`],
    },
    {
      title: "a stream with one old suite among good ones",
      hosts: {
        web: {
          [PATH]: `stream { ${strict} server { listen 5000 ssl; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA; } }`,
        },
      },
      finds: [`web:${PATH} server without a name *:5000: ssl_ciphers`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "let TLS 1.1 in", "ssl_protocols TLSv1.2", "ssl_protocols TLSv1.1 TLSv1.2"),
  inFile(CONF, "leave protocols to the default", /ssl_protocols [^;]*;/, ""),
  inFile(CONF, "leave suites to the default", /ssl_ciphers [^;]*;/, ""),
  inFile(CONF, "add a suite without forward secrecy", "ssl_ciphers ", "ssl_ciphers AES256-GCM-SHA384:"),
  inFile(CONF, "take suites by a word", /ssl_ciphers [^;]*;/, "ssl_ciphers HIGH:!aNULL:!MD5;"),
  inFile(CONF, "tell OpenSSL otherwise", "ssl_ciphers ", "ssl_conf_command MinProtocol TLSv1; ssl_ciphers "),
  inFile(CONF, "take a weak curve", /ssl_ecdh_curve [^;]*;/, "ssl_ecdh_curve secp192r1;"),
  inFile(CONF, "hand tickets out", "ssl_session_tickets off;", "ssl_session_tickets on;"),
];
