import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const conf = (outer: string, location: string) => ({
  web: {
    [PATH]: `http { ${outer} server { listen 443 ssl; server_name a; location / { ${location} proxy_pass http://127.0.0.1:1; } } }`,
  },
});
const limits = "limit_req zone=a; limit_conn b 20;";
const at = `web:${PATH} server a *:443`;

export const examples: Examples = {
  good: [
    {
      title: "limits in the location, times of NGINX' own",
      hosts: conf("server_tokens off;", `${limits} client_max_body_size 8k;`),
    },
    {
      title: "limits for all, times and sizes in other units",
      hosts: conf(`server_tokens off; ${limits} send_timeout 1m; client_max_body_size 26214400;`, ""),
    },
  ],
  bad: [
    {
      title: "nothing is limited, and the version is told",
      hosts: conf("", ""),
      finds: [`${at}: server_tokens`, `${at}, location /: limit_req`, `${at}, location /: limit_conn`],
    },
    {
      title: "bodies of any size, and a connection may be held for ever",
      hosts: conf(
        `server_tokens off; ${limits} client_header_timeout 0; client_body_timeout 10m;`,
        "client_max_body_size 0;",
      ),
      finds: [`${at}: client_header_timeout`, `${at}: client_body_timeout`, `${at}, location /: client_max_body_size`],
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
  onEdge("lift the rate limit of a location", /limit_req zone=[^;]*;/, ""),
  onEdge("lift the limit of connections", /limit_conn connections_443[^;]*;/, ""),
  onEdge("take bodies of any size", /client_max_body_size \d+;(?=\s*limit_req)/, "client_max_body_size 0;"),
  onEdge("tell the version", "server_tokens off;", "server_tokens on;"),
  onEdge("wait an hour for a header", /client_header_timeout [^;]*;/, "client_header_timeout 1h;"),
  onObject("ConfigMap", "lift the rate limit of a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/limit_req zone=[^;]*;/, "");
    return object;
  }),
];
