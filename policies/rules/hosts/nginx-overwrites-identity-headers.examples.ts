import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject } from "../../engine/mutation.ts";
import { certificateHeaders, identityHeaders } from "../../model/nginx/handed-headers.ts";

const PATH = "/etc/nginx/nginx.conf";
const empty = [...identityHeaders, ...certificateHeaders].map((name) => `proxy_set_header ${name} "";`).join(" ");
const set = `${empty} proxy_set_header X-Forwarded-For $remote_addr;`;
const conf = (outer: string, inner: string) => ({
  web: {
    [PATH]: `http { ${outer} server { listen 443 ssl; location / { ${inner} proxy_pass http://127.0.0.1:1; } } }`,
  },
});
const at = `web:${PATH} server without a name *:443, location /: proxy_pass, proxy_set_header`;

export const examples: Examples = {
  good: [
    { title: "all are set for all servers", hosts: conf(set, "") },
    { title: "all are set where one of its own is set", hosts: conf("", `${set} proxy_set_header X-Trace on;`) },
    {
      title: "nothing of a request goes on but what is named",
      hosts: conf("", "proxy_pass_request_headers off; proxy_set_header Content-Type $content_type;"),
    },
  ],
  bad: [
    {
      title: "nothing of a request goes on but what it says of its certificate",
      hosts: conf("", "proxy_pass_request_headers off; proxy_set_header X-SSL-Client-S-DN $http_x_ssl_client_s_dn;"),
      finds: [`${at} x-ssl-client-s-dn`],
    },
    { title: "nothing is set", hosts: conf("", ""), finds: [at] },
    {
      title: "one header of its own, and all outer ones are lost",
      hosts: conf(set, "proxy_set_header Host $host;"),
      finds: [at],
    },
    {
      title: "what the caller said is kept and added to",
      hosts: conf(`${empty} proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`, ""),
      finds: [`${at} x-forwarded-for`],
    },
    {
      title: "what the caller said is handed on under the same name",
      hosts: conf(`${set} proxy_set_header X-SSL-Client-Verify $http_x_ssl_client_verify;`, ""),
      finds: [`${at} x-ssl-client-verify`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(
    CONF,
    "keep the caller's address list",
    "X-Forwarded-For $remote_addr",
    "X-Forwarded-For $proxy_add_x_forwarded_for",
  ),
  inFile(CONF, "leave the verdict on a certificate to callers", /proxy_set_header X-SSL-Client-Verify [^;]*;/, ""),
  inFile(
    CONF,
    "set one header in a location",
    "proxy_pass http://application",
    "proxy_set_header X-A b; proxy_pass http://application",
  ),
  onObject("ConfigMap", "believe callers at a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/proxy_set_header X-Real-IP [^;]*;/, "");
    return object;
  }),
];
