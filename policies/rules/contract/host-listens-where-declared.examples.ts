import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";
import type { DeclaredPort, DeclaredService } from "../../model/declaration.ts";

const CONF = "/etc/nginx/nginx.conf";
const port = (name: string, number: number, transport: DeclaredPort["transport"]): DeclaredPort => ({
  ...{ name, port: number, transport, protocol: "tcp", purpose: "service" },
});
const host = (name: string, address: string) => ({
  ...{ name, address, zone: "a", subnet: "s", domain: `${name}.shop.internal.example.org`, machine: "m" },
});
const shop: DeclaredService = {
  ...{ name: "shop", stores: [], flows: [], egress: [], secrets: [], backups: [] },
  components: [
    {
      ...{ name: "web", kind: "hosts", why: "" },
      ports: [port("web", 443, "tls"), port("metrics", 9100, "tls"), port("application", 8000, "loopback")],
      hosts: [host("web-a", "10.0.0.4"), host("web-b", "10.0.0.5")],
    },
  ],
  entrypoints: [
    {
      ...{ name: "web", kind: "web", host: "shop.example.org", audience: "internet", to: "shop/web", port: 443 },
      ...{ health: "/health", minimumTls: "1.2", loadBalancer: "web" },
    },
  ],
};
const declaration = { services: [shop] };
const files = (path: string, text: string) => ({ hosts: { "web-a": { [path]: text } }, declaration });
const server = (text: string) => files(CONF, `http { server { ${text} } }`);

export const examples: Examples = {
  good: [
    { title: "an entrypoint's name", ...server("listen 10.0.0.4:443 ssl; server_name shop.example.org;") },
    {
      title: "names of the host and of its part, and what answers the rest",
      ...files(
        CONF,
        `http {
          server { listen 443 ssl; server_name web-a.shop.internal.example.org web.shop.internal.example.org 10.0.0.4; }
          server { listen 443 ssl default_server; server_name _; }
        }`,
      ),
    },
    {
      title: "figures on loopback and on a socket of the file system, whatever their port",
      ...files(
        CONF,
        "http { server { listen 443 ssl; } server { listen 127.0.0.1:8099; server_name x; } server { listen unix:/run/x; } }",
      ),
    },
    {
      title: "an exporter, and a socket of loopback",
      hosts: {
        "web-a": {
          "/etc/systemd/system/e.service": "[Service]\nExecStart=/usr/bin/e --web.listen-address=10.0.0.4:9100\n",
          "/etc/systemd/system/w.socket": "[Socket]\nListenStream=127.0.0.1:8000\n",
          "/etc/haproxy/haproxy.cfg": "frontend a\n  bind 10.0.0.4:443 ssl crt /x\n  bind unix@/run/x\n",
        },
      },
      declaration,
    },
    {
      title: "a host that nobody declares",
      hosts: { other: { [CONF]: "http { server {} }" }, ...server("listen 443 ssl;").hosts },
      declaration,
    },
  ],
  bad: [
    {
      title: "a server of NGINX on a port of its own, and one of nothing but defaults",
      ...files(CONF, "http { server { listen 10.0.0.4:8443 ssl; server_name shop.example.org; } server { } }"),
      finds: [`server shop.example.org 10.0.0.4:8443: listen`, `server without a name *:80: listen`].map(
        (each) => `web-a:${CONF} ${each}`,
      ),
    },
    {
      title: "the application's port, beyond loopback",
      ...server("listen 10.0.0.4:8000 ssl; server_name _;"),
      finds: [`web-a:${CONF} server _ 10.0.0.4:8000: listen`],
    },
    {
      title: "other names behind an open port: one, any, and those of a pattern",
      ...server("listen 443 ssl; server_name evil.example.org *.example.org ~^.*$;"),
      finds: Array.from(
        { length: 3 },
        () => `web-a:${CONF} server evil.example.org *.example.org ~^.*$ *:443: listen: server_name`,
      ),
    },
    {
      title: "QUIC behind the number of a declared port, and datagrams of NGINX and of systemd",
      hosts: {
        "web-a": {
          [CONF]:
            "http { server { listen 443 ssl; listen 443 quic; } } stream { server { listen 9100 udp; proxy_pass a; } }",
          "/etc/systemd/system/d.socket": "[Socket]\nListenDatagram=10.0.0.4:443\n",
        },
      },
      declaration,
      finds: [
        `web-a:${CONF} server without a name *:443: listen`,
        `web-a:${CONF} server without a name *:9100: listen`,
        "web-a:/etc/systemd/system/d.socket ListenDatagram",
      ],
    },
    {
      title: "a stream",
      ...files(CONF, "stream { server { listen 5432; proxy_pass db:5432; } }"),
      finds: [`web-a:${CONF} server without a name *:5432: listen`],
    },
    {
      title: "a socket of systemd, a command line, a setting, and HAProxy",
      hosts: {
        "web-a": {
          "/etc/systemd/system/e.service": "[Service]\nExecStart=/usr/bin/e --web.listen-address=10.0.0.4:9999\n",
          "/etc/systemd/system/w.socket": "[Socket]\nListenStream=[fd00::1]:8443\n",
          "/opt/app/.env": "LISTEN_ADDR=10.0.0.4:8444\n",
          "/etc/haproxy/haproxy.cfg": "frontend a\n  bind 10.0.0.4:443,10.0.0.4:8445 ssl crt /x\n",
        },
      },
      declaration,
      finds: [
        ...["/etc/systemd/system/e.service --web.listen-address", "/etc/systemd/system/w.socket ListenStream"],
        ...["/opt/app/.env LISTEN_ADDR", "/etc/haproxy/haproxy.cfg frontend a: bind"],
      ].map((each) => `web-a:${each}`),
    },
  ],
  unknown: [
    {
      title: "a port that no file shows",
      ...server("listen 10.0.0.4:$port ssl; server_name _;"),
      finds: [`web-a:${CONF} server _ 10.0.0.4:NaN: listen`],
    },
  ],
};

const NGINX = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(NGINX, "open one more port", /listen ([\d.]+):443 ssl;/, "$&\n        listen $1:8443 ssl;"),
  inFile(NGINX, "open one more port to all", /listen [\d.]+:443 ssl;/, "$&\n        listen 8443 ssl;"),
  inFile(NGINX, "answer to another name", "server_name tickets.example.org", "server_name tickets.example.com"),
  inFile(NGINX, "answer to one more name", "server_name tickets.example.org", "$& evil.example.com"),
  inFile(NGINX, "answer to any name beneath", "server_name tickets.example.org", "server_name *.example.org"),
  inFile(NGINX, "bring the application out", "listen 127.0.0.1:8099", "listen 10.0.0.1:8099"),
  inFile(/node-exporter\.service\.d/, "export at another port", /(--web\.listen-address=[\d.]+):9100/, "$1:9999"),
  inFile(/ticketing-api\.socket$/, "be handed another address", "[Socket]", "[Socket]\nListenStream=10.0.0.1:8001"),
];
