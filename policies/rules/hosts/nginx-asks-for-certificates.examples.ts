import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const server = (settings: string) => ({ web: { [PATH]: `http { server { listen 8001 ssl; ${settings} } }` } });
const strict =
  "ssl_verify_client on; ssl_client_certificate /ca.crt; ssl_crl /ca.crl; ssl_session_cache off; ssl_session_tickets off;";
const at = `web:${PATH} server without a name *:8001:`;
const loose = server("server_name _;").web[PATH];
const proxy = {
  ...{ kind: "hosts", name: "proxy", why: "takes messages" },
  ports: [{ name: "api", port: 8001, protocol: "tcp", transport: "mtls", purpose: "service" }] as const,
  hosts: [{ ...{ name: "web", zone: "a", subnet: "dmz-a", address: "10.0.0.4" }, domain: "web.example", machine: "" }],
};
const service = { name: "broker", stores: [], entrypoints: [], flows: [], egress: [], secrets: [], backups: [] };

export const examples: Examples = {
  good: [
    { title: "certificates are asked for, and revoked ones refused", hosts: server(strict) },
    {
      title: "certificates that end within a week are never revoked",
      hosts: {
        web: {
          ...server(strict.replace("ssl_crl /ca.crl;", "")).web,
          "/etc/platform/certificates.json": '{"certificates":[{"authority":"/ca.crt","days":7}]}',
        },
      },
    },
    {
      title: "errors that NGINX answers",
      hosts: server(
        `${strict} error_page 495 496 =403 /error; location / { proxy_pass http://127.0.0.1:1; } location = /error { return 200 no; }`,
      ),
    },
    {
      title: "an error of a location, which is none of those",
      hosts: server(
        `${strict} location / { error_page 496 @other; proxy_pass http://127.0.0.1:1; } location @other { proxy_pass http://127.0.0.1:1; }`,
      ),
    },
  ],
  bad: [
    {
      title: "who shows none gets in too, and nothing is checked",
      hosts: server("ssl_verify_client optional_no_ca; ssl_session_cache shared:a:1m;"),
      finds: [
        ...[`${at} ssl_verify_client`, `${at} ssl_client_certificate`, `${at} ssl_crl`],
        ...[`${at} ssl_session_cache`, `${at} ssl_session_tickets`],
      ],
    },
    {
      title: "anyone with a public certificate gets in",
      hosts: server(strict.replace("/ca.crt", "/etc/ssl/certs/ca-certificates.crt")),
      finds: [`${at} ssl_client_certificate`],
    },
    {
      title: "a second server of the same socket asks for none",
      hosts: { web: { [PATH]: `${server(strict).web[PATH]}\n${loose}` } },
      finds: [`web:${PATH} server _ *:8001: ssl_verify_client`],
    },
    {
      title: "a port that is declared for mutual TLS",
      hosts: server(strict.replace("ssl_verify_client on;", "")),
      declaration: { services: [{ ...service, components: [proxy] }] },
      finds: [`${at} ssl_verify_client`],
    },
    {
      title: "errors that hand on who shows no certificate, and who asks too oddly for NGINX to look for one",
      hosts: server(
        `${strict} error_page 400 494 =200 /a; error_page 495 496 =200 @plain;
        location / { return 404; } location /a { proxy_pass http://127.0.0.1:1; } location @plain { proxy_pass http://127.0.0.1:1; }`,
      ),
      finds: [`${at} error_page 400 494`, `${at} error_page 495 496`],
    },
  ],
  unknown: [
    {
      title: "an error that leads where a variable says",
      hosts: server(`${strict} error_page 496 =200 /$arg_to; location / { proxy_pass http://127.0.0.1:1; }`),
      finds: [`${at} error_page 496`],
    },
  ],
};

const CONF = /nginx\.conf$/;
const ofProxy = /brk-proxy/;
const onProxy = (title: string, from: string | RegExp, to: string): Mutation =>
  onFile(
    CONF,
    title,
    (file) => ({ ...file, text: file.text.replace(from, to) }),
    ({ name }) => ofProxy.test(name),
  );

export const mutations: readonly Mutation[] = [
  inFile(CONF, "let callers without one in", "ssl_verify_client on;", "ssl_verify_client optional;"),
  inFile(CONF, "ask nobody", /ssl_verify_client on;/, ""),
  inFile(CONF, "believe public authorities", /(ssl_client_certificate )[^;]*/, "$1/etc/ssl/certs/ca-certificates.crt"),
  inFile(CONF, "forget who is revoked", /ssl_crl [^;]*;/, ""),
  inFile(CONF, "let sessions resume", "ssl_session_cache off;", "ssl_session_cache shared:sessions:10m;"),
  onProxy("hand tickets out where certificates count", "ssl_session_tickets off;", "ssl_session_tickets on;"),
  onProxy(
    "hand on who shows none",
    "        location = /.edge/error {",
    "        error_page 495 496 =200 @plain; location @plain { proxy_pass http://application; } $&",
  ),
  onProxy(
    "hand on what is no request",
    /error_page 400 /,
    "error_page 400 =200 /.edge/route/messages/api/v1/messages; $&",
  ),
  onProxy("ask nobody at all", /ssl_verify_client on;/g, "ssl_verify_client off;"),
];
