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
    {
      title: "what a certificate says, by maps of NGINX' own words",
      hosts: conf(
        `map $ssl_client_verify $verified { SUCCESS SUCCESS; } map $ssl_client_s_dn $name { "~^CN=(?<cn>[^,]+)" $cn; }
        ${set} proxy_set_header X-SSL-Client-Verify $verified; proxy_set_header X-SSL-Client-S-DN $name;
        proxy_set_header X-Forwarded-Host $host;`,
        "",
      ),
    },
    {
      title: "the word of the content network, from load balancers alone",
      hosts: conf(
        `geo $proxied { default 0; 10.0.0.0/22 1; } map "$proxied $http_cloudfront_viewer_address" $viewer_address
        { default $remote_addr; "~^1 (?<viewer>[0-9.]+):" $viewer; } ${set} proxy_set_header X-Real-IP $viewer_address;`,
        "",
      ),
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
    ...[
      ["what the caller said, through a map", "map $http_x_dn $dn { default $http_x_dn; }", "$dn"],
      ["a part of it", 'map $http_x_dn $all { "~(?<dn>CN=.*)" 1; }', "$dn"],
      ["a part of it by its number", 'map $http_x_dn $dn { "~(CN=.*)" $1; }', "$dn"],
      ["one that the caller picks", "map $arg_as $dn { default $ssl_client_s_dn; admin CN=admin; }", "$dn"],
      ["the path", "", "$uri"],
      ["the host", "", "CN=$host"],
    ].map(([title = "", outer = "", value = ""]) => ({
      title: `a name that is ${title}`,
      hosts: conf(`${outer} ${set} proxy_set_header X-SSL-Client-S-DN ${value};`, ""),
      finds: [`${at} x-ssl-client-s-dn`],
    })),
    {
      title: "a name that the server takes from the caller",
      hosts: conf(
        `${set} proxy_set_header X-SSL-Client-S-DN $dn;`,
        "set $dn $ssl_client_s_dn; if ($http_x_dn) { set $dn CN=admin; }",
      ),
      finds: [`${at} x-ssl-client-s-dn`],
    },
    ...["map $ssl_client_verify $verified { default SUCCESS; }", "map $scheme $verified { https SUCCESS; }"].map(
      (outer) => ({
        title: `a verdict that is always good: ${outer}`,
        hosts: conf(`${outer} ${set} proxy_set_header X-SSL-Client-Verify $verified;`, ""),
        finds: [`${at} x-ssl-client-verify`],
      }),
    ),
    {
      title: "a verdict that nobody has come to",
      hosts: conf(`${set} proxy_set_header X-SSL-Client-Verify SUCCESS;`, ""),
      finds: [`${at} x-ssl-client-verify`],
    },
    {
      title: "the word of the content network, from everybody",
      hosts: conf(
        `geo $proxied { default 1; } map "$proxied $http_cloudfront_viewer_address" $viewer_address
        { default $remote_addr; "~^1 (?<viewer>[0-9.]+):" $viewer; } ${set} proxy_set_header X-Real-IP $viewer_address;`,
        "",
      ),
      finds: [`${at} x-real-ip`],
    },
  ],
  unknown: [
    {
      title: "a variable that nothing makes, one of a file that is not here, and a numbered part of nobody knows what",
      hosts: conf(
        `map $ssl_client_s_dn $name { include names.map; } ${set} proxy_set_header X-SSL-Client-S-DN $dn;
        proxy_set_header X-Client-DN $name; proxy_set_header X-Real-IP $1;`,
        "",
      ),
      finds: [`${at} x-real-ip`, `${at} x-ssl-client-s-dn`, `${at} x-client-dn`],
    },
  ],
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
  inFile(
    CONF,
    "take a caller's word through a map",
    "X-SSL-Client-S-DN $ssl_client_s_dn",
    "X-SSL-Client-S-DN $kept_id",
  ),
  inFile(CONF, "take every verdict for a good one", "SUCCESS SUCCESS;", "default SUCCESS;"),
  inFile(CONF, "name a variable that nothing makes", "X-Real-IP $remote_addr", "X-Real-IP $somebody"),
  onObject("ConfigMap", "believe everybody's word of the content network", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/(geo \$proxied \{\s*default) 0;/, "$1 1;");
    return object;
  }),
  onObject("ConfigMap", "believe callers at a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/proxy_set_header X-Real-IP [^;]*;/, "");
    return object;
  }),
];
