import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const conf = (outer: string, location: string) => ({
  web: {
    [PATH]: `http { ${outer} server { listen 443 ssl; server_name a; location / { ${location} proxy_pass http://127.0.0.1:1; } } }`,
  },
});
const zonesBy = (key: string, rate = "20r/s") =>
  `server_tokens off; limit_req_zone ${key} zone=a:1m rate=${rate}; limit_conn_zone ${key} zone=b:1m;`;
const zones = zonesBy("$binary_remote_addr");
const limits = "limit_req zone=a burst=20; limit_conn b 20;";
const at = `web:${PATH} server a *:443`;
const both = [`${at}, location /: limit_req`, `${at}, location /: limit_conn`];

export const examples: Examples = {
  good: [
    {
      title: "own monitoring is not counted, others by their certificate or by what a trusted proxy says",
      hosts: conf(
        `geo $own { default 0; 10.0.0.7 1; } map $own $key { 0 $who; 1 ""; } map "$own $http_viewer" $who { default $ssl_client_serial; "~^1 (?<viewer>.+)" $viewer; } ${zonesBy("$key")}`,
        `${limits} limit_conn everybody 5000;`,
      ),
    },
    {
      title: "limits in the location, times of NGINX' own",
      hosts: conf(zones, `${limits} client_max_body_size 8k;`),
    },
    {
      title: "limits for all, times and sizes in other units",
      hosts: conf(`${zones} ${limits} send_timeout 1m; client_max_body_size 26214400;`, ""),
    },
  ],
  bad: [
    ...(
      [
        ["a header is who a client is", "$http_x_key"],
        ["each request is a client of its own", "$binary_remote_addr$request_id"],
        ["a path is added to the address", '"$remote_addr ${uri}"'],
        ["nobody is counted", '""'],
      ] as const
    ).map(([title, key]) => ({ title, hosts: conf(zonesBy(key), limits), finds: both })),
    {
      title: "a header that lifts the limit",
      hosts: conf(`map $http_x_key $key { default $remote_addr; "friend" ""; } ${zonesBy("$key")}`, limits),
      finds: both,
    },
    {
      title: "all but a few are not counted",
      hosts: conf(`geo $few { 10.0.0.0/8 1; } map $few $key { 1 $remote_addr; } ${zonesBy("$key")}`, limits),
      finds: both,
    },
    {
      title: "nobody is counted by a range that is everywhere",
      hosts: conf(`geo $own { default 1; 0.0.0.0/0 0; } map $own $key { 1 $remote_addr; } ${zonesBy("$key")}`, limits),
      finds: both,
    },
    {
      title: "limits that nobody meets",
      hosts: conf(zonesBy("$remote_addr", "200000r/s"), "limit_req zone=a; limit_conn b 65535;"),
      finds: both,
    },
    {
      title: "a burst that lasts for hours",
      hosts: conf(zones, "limit_req zone=a burst=1000000 nodelay; limit_conn b 20;"),
      finds: [`${at}, location /: limit_req`],
    },
    {
      title: "nothing is limited, and the version is told",
      hosts: conf("", ""),
      finds: [`${at}: server_tokens`, `${at}, location /: limit_req`, `${at}, location /: limit_conn`],
    },
    {
      title: "bodies of any size, and a connection may be held for ever",
      hosts: conf(`${zones} ${limits} client_header_timeout 0; client_body_timeout 10m;`, "client_max_body_size 0;"),
      finds: [`${at}: client_header_timeout`, `${at}: client_body_timeout`, `${at}, location /: client_max_body_size`],
    },
  ],
  unknown: [
    { title: "zones stand somewhere else", hosts: conf("server_tokens off;", limits), finds: both },
    { title: "somebody else says who a caller is", hosts: conf(zonesBy("$tenant"), limits), finds: both },
  ],
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
  onEdge("count requests only", "server_tokens off;", "server_tokens off; limit_req_dry_run on;"),
  onEdge("count connections only", "server_tokens off;", "server_tokens off; limit_conn_dry_run on;"),
  onEdge("let everybody in at any rate", /(limit_req_zone \S+ zone=\S+ rate=)\d+/g, "$1200000"),
  onEdge("count by a header", /limit_req_zone \$\w+/g, "limit_req_zone $http_x_key"),
  onEdge("count connections of nobody", /limit_conn_zone \$\w+/g, 'limit_conn_zone ""'),
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
