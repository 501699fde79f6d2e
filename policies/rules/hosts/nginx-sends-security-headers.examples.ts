import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const headers = [
  'add_header Strict-Transport-Security "max-age=31536000" always;',
  "add_header X-Content-Type-Options nosniff always;",
  "add_header X-Frame-Options DENY always;",
  "add_header Content-Security-Policy \"default-src 'self'\" always;",
  "add_header Referrer-Policy no-referrer always;",
].join(" ");
const conf = (settings: string, locations: string) => ({
  web: { [PATH]: `http { server { listen 443 ssl; server_name a.example.org; ${settings} ${locations} } }` },
});
const at = `web:${PATH} server a.example.org *:443`;

export const examples: Examples = {
  good: [
    { title: "a location inherits them", hosts: conf(headers, "location / { proxy_pass http://127.0.0.1:1; }") },
    {
      title: "a location that has one of its own repeats them",
      hosts: conf(headers, `location / { ${headers} add_header X-A b; return 200; }`),
    },
    {
      title: "a location adds to what it inherits",
      hosts: conf(`add_header_inherit merge; ${headers}`, "location / { add_header X-A b; return 200; }"),
    },
  ],
  bad: [
    { title: "there are none", hosts: conf("", ""), finds: [`${at}: add_header`] },
    {
      title: "a location with one of its own loses all others",
      hosts: conf(headers, "location /a { add_header X-A b; return 200; }"),
      finds: [`${at}, location /a: add_header`],
    },
    {
      title: "a condition with one of its own loses them where it holds",
      hosts: conf(headers, "location /a { if ($arg_a) { add_header X-A b; return 200; } }"),
      finds: [`${at}, if ($arg_a): add_header`],
    },
    {
      title: "errors go without, and a day is no year",
      hosts: conf(headers.replace("DENY always", "DENY").replace("31536000", "86400"), ""),
      finds: [`${at}: add_header`],
    },
    {
      title: "the catch-all server of the same socket has none",
      hosts: {
        web: {
          [PATH]: `http { server { listen 443 ssl; server_name a.example.org; ${headers} } server { listen 443 ssl default_server; return 421; } }`,
        },
      },
      finds: [`web:${PATH} server without a name *:443: add_header`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

/** Of hosts that an entrypoint leads to. */
const onEdge = (title: string, from: string | RegExp, to: string): Mutation =>
  onFile(
    CONF,
    title,
    (file) => ({ ...file, text: file.text.replace(from, to) }),
    ({ name }) => name.includes("-portal-"),
  );

export const mutations: readonly Mutation[] = [
  onEdge("drop HSTS", /add_header Strict-Transport-Security [^;]*;/g, ""),
  onEdge("leave errors without", '"DENY" always', '"DENY"'),
  onEdge("shorten HSTS to a day", "max-age=31536000", "max-age=86400"),
  onEdge("allow scripts of any kind", "default-src 'self'", "default-src 'self' 'unsafe-inline'"),
  onEdge(
    "add one header in a location",
    "proxy_pass http://application",
    "add_header X-A b; proxy_pass http://application",
  ),
  onObject("ConfigMap", "drop nosniff at a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string")
      object.data["nginx.conf"] = text.replace(/add_header X-Content-Type-Options [^;]*;/, "");
    return object;
  }),
];
