import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const named = "server { listen 443 ssl; server_name a.example.org; location / { proxy_pass http://127.0.0.1:1; } }";
const http = (...servers: readonly string[]) => ({ web: { [PATH]: `http { ${servers.join(" ")} }` } });
const at = `web:${PATH} *:443:`;

export const examples: Examples = {
  good: [
    {
      title: "another server takes what is for nobody",
      hosts: http(named, "server { listen 443 ssl default_server; return 444; }"),
    },
    {
      title: "it answers a probe and refuses the rest",
      hosts: http(
        named,
        "server { listen 443 ssl default_server; location = /health { proxy_pass http://127.0.0.1:1; } location / { return 421; } }",
      ),
    },
    {
      title: "no handshake for other names",
      hosts: http("server { listen 443 ssl; ssl_reject_handshake on; }", named),
    },
  ],
  bad: [
    {
      title: "the only server of a socket",
      hosts: http(named),
      finds: [`${at} server a.example.org *:443, location /`],
    },
    {
      title: "the catch-all serves files",
      hosts: http(named, "server { listen 443 ssl default_server; root /srv; }"),
      finds: [`${at} server without a name *:443`],
    },
    {
      title: "a refusal that is not the default of its socket",
      hosts: http(named, "server { listen 443 ssl; return 444; }"),
      finds: [`${at} server a.example.org *:443, location /`],
    },
  ],
  unknown: [],
};

/** Of hosts that people come to. */
const onPortal = (title: string, from: string, to: string): Mutation =>
  onFile(
    /nginx\.conf$/,
    title,
    (file) => ({ ...file, text: file.text.replace(from, to) }),
    ({ name }) => name.includes("-portal-"),
  );

export const mutations: readonly Mutation[] = [
  onPortal("make no server the default", " default_server", ""),
  onPortal("answer any name", "return 421;", "proxy_pass http://application;"),
  onPortal("answer files to any name", "return 421;", "root /srv;"),
];
