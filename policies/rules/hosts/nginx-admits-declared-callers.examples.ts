import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const DOMAIN = "worker-a.broker.example.org";
const part = (name: string, transport: "mtls" | "tls") => ({
  ...{ kind: "hosts", name, why: "takes messages" },
  ports: [{ name: "api", port: 8001, protocol: "tcp", transport, purpose: "service" }] as const,
  hosts: [{ name: "web", zone: "a", subnet: "dmz-a", address: "10.0.0.4", domain: DOMAIN, machine: "" }],
});
const service = { name: "broker", stores: [], entrypoints: [], flows: [], egress: [], secrets: [], backups: [] };
const declaration = {
  ranges: { clients: [], admins: ["203.0.113.0/24"] },
  services: [{ ...service, components: [part("worker", "mtls")] }],
};
const BY_NAME = String.raw`map $ssl_client_s_dn $caller { default 0; "~^CN=worker-a[.]broker\.example[.]org\z" 1; }`;
const conf = (http: string, location: string) => ({
  declaration,
  hosts: {
    web: {
      [PATH]: `http { ${http} server { listen 8001 ssl; ssl_verify_client on; location / { ${location} proxy_pass http://127.0.0.1:1; } } }`,
    },
  },
});
const GATE = "if ($caller = 0) { return 403; }";
const stream = (byDefault: string, more: string) => ({
  declaration,
  hosts: {
    web: {
      [PATH]: `stream { map $ssl_client_s_dn $peer { ${byDefault}CN=${DOMAIN} 127.0.0.1:2; } ${more} server { listen 8001 ssl; ssl_verify_client on; proxy_pass $peer; } }`,
    },
  },
});
const REFUSED = "upstream refused { server 127.0.0.1:1 down; }";
const STREAM = `web:${PATH} server without a name *:8001`;
const at = `web:${PATH} server without a name *:8001, location /`;

export const examples: Examples = {
  good: [
    { title: "one caller by the name in its certificate", ...conf(BY_NAME, GATE) },
    {
      title: "callers by what they may ask, by a list of a list",
      ...conf(
        `${BY_NAME} map "$caller $uri" $admitted { default 0; "~^1 /push$" 1; }`,
        "if ($admitted = 0) { return 403; }",
      ),
    },
    {
      title: "administrators by their range, others by what is allowed",
      ...conf(
        "geo $remote_addr $admin { default 0; 203.0.113.0/24 1; }",
        'if ($admin != "1") { return 404; } allow 10.0.0.7; deny all;',
      ),
    },
    {
      title: "blocked certificates beside",
      ...conf(
        `${BY_NAME} map $ssl_client_serial $blocked { default 0; 0a 1; }`,
        `if ($blocked) { return 403; } ${GATE}`,
      ),
    },
    {
      title: "connections that lead nowhere for others",
      ...stream("default refused; ", REFUSED),
    },
    {
      title: "ranges within those declared, but a part of one, and by their narrowest entry",
      ...conf(
        "geo $remote_addr $admin { default 0; 203.0.113.0/25 1; 203.0.112.0/23 1; 203.0.112.0/24 0; 203.0.113.9 0; 127.0.0.1 1; }",
        "if ($admin = 0) { return 404; }",
      ),
    },
    {
      title: "names as texts, in any case and escaped in either way",
      ...conf(
        String.raw`map $ssl_client_s_dn $caller { default 0; CN=${DOMAIN} 1; cn=worker.broker 1; "~^CN=worker\-a\.broker[.]example\.org$" 1; }`,
        GATE,
      ),
    },
    {
      title: "addresses and names that are refused, whosever they are",
      ...conf(
        `${BY_NAME} geo $bad { default 0; 198.51.100.0/24 1; } map $ssl_client_s_dn $blocked { default 0; CN=thief 1; "~^CN=x" 1; }`,
        `if ($bad) { return 403; } if ($blocked) { return 403; } ${GATE}`,
      ),
    },
  ],
  bad: [
    { title: "connections that lead somewhere for others", ...stream("default 127.0.0.1:2; ", ""), finds: [STREAM] },
    { title: "nobody is refused", ...conf("", ""), finds: [at] },
    {
      title: "a condition that is turned round",
      ...conf(BY_NAME, GATE.replace("= 0", "= 1")),
      finds: [at, `${at}: if ($caller = 1)`],
    },
    {
      title: "a default that admits",
      ...conf(BY_NAME.replace("default 0", "default 1"), GATE),
      finds: [at, `${at}: if ($caller = 0)`],
    },
    {
      title: "an expression that every name matches",
      ...conf(BY_NAME.replace("default 0;", 'default 0; "~^CN=[a-z.-]+" 1;'), GATE),
      finds: [at, `${at}: if ($caller = 0)`, `web:${PATH} $caller`],
    },
    {
      title: "an expression that may match everybody",
      ...conf(BY_NAME.replace("default 0;", 'default 0; "~(?i)cn=" 1;'), GATE),
      finds: [at, `${at}: if ($caller = 0)`, `web:${PATH} $caller`],
    },
    {
      title: "ranges that together are everywhere",
      ...conf(
        "geo $remote_addr $admin { default 0; 203.0.113.0/24 1; 0.0.0.0/1 1; 128.0.0.0/1 1; }",
        "if ($admin = 0) { return 404; }",
      ),
      finds: [at, `${at}: if ($admin = 0)`, `web:${PATH} $admin`],
    },
    {
      title: "a list of a list that admits",
      ...conf(
        `${BY_NAME} map "$caller $uri" $admitted { default 1; "~^0 /pull$" 0; }`,
        "if ($admitted = 0) { return 403; }",
      ),
      finds: [at, `${at}: if ($admitted = 0)`],
    },
    {
      title: "a list that the server overwrites",
      ...conf(BY_NAME, `set $caller 1; ${GATE}`),
      finds: [at, `${at}: if ($caller = 0)`],
    },
    {
      title: "a list of administrators that is turned round behind another",
      ...conf(
        `${BY_NAME} geo $remote_addr $admin { default 0; 203.0.113.0/28 1; }`,
        `${GATE} if ($admin) { return 404; }`,
      ),
      finds: [`${at}: if ($admin)`],
    },
    {
      title: "a list that nobody asks",
      ...conf(`${BY_NAME} geo $remote_addr $admin { default 0; 203.0.113.0/24 1; }`, GATE),
      finds: [`web:${PATH} $admin`],
    },
    ...[
      ["a range that is not declared beside one that is", "203.0.113.0/24 1; 198.51.100.0/24 1;"],
      ["the internet in two halves", "0.0.0.0/1 1; 128.0.0.0/1 1;"],
      ["a range around one that is declared", "203.0.112.0/22 1;"],
      ["a range of version 6", "203.0.113.0/24 1; 2001:db8::/32 1;"],
      ["all but one range", "0.0.0.0/0 1; 198.51.100.0/24 0;"],
    ].map(([title = "", entries]) => ({
      title: `${title}, behind a list of names`,
      ...conf(
        `${BY_NAME} geo $remote_addr $admin { default 0; ${entries} }`,
        `${GATE} if ($admin = 0) { return 404; }`,
      ),
      finds: [`web:${PATH} $admin`],
    })),
    {
      title: "addresses that callers write",
      ...conf(
        `${BY_NAME} geo $http_x_real_ip $admin { default 0; 203.0.113.0/24 1; }`,
        `${GATE} if ($admin = 0) { return 404; }`,
      ),
      finds: [`web:${PATH} $admin`],
    },
    {
      title: "names that callers write",
      ...conf(`map $http_x_dn $caller { default 0; CN=${DOMAIN} 1; }`, GATE),
      finds: [`web:${PATH} $caller`],
    },
    ...[
      ["an end that many names have", '"~^.*CN=worker" 1;'],
      ["a begin that many names have", '"~^CN=worker-a" 1;'],
      ["a name that is not declared", "CN=thief.example.org 1;"],
      ["an expression of a name that is not declared", String.raw`"~^CN=thief\z" 1;`],
      ["a declared name between others", `"~,CN=${DOMAIN},O=" 1;`],
      ["a declared name behind a comma of another", String.raw`"CN=thief\\,CN=${DOMAIN}" 1;`],
      ["a declared name anywhere", `"~CN=${DOMAIN.replaceAll(".", "[.]")}" 1;`],
    ].map(([title = "", entry = ""]) => ({
      title,
      ...conf(BY_NAME.replace("default 0;", `default 0; ${entry}`), GATE),
      finds: [`web:${PATH} $caller`],
    })),
    {
      title: "a class of a list of a list for a name that is not declared",
      ...conf(
        `map $ssl_client_s_dn $class { default host; CN=${DOMAIN} reader; CN=thief reader; }
        map "$class $uri" $caller { default 0; "~^host /push$" 1; "~^reader " 1; }`,
        GATE,
      ),
      finds: [`web:${PATH} $class`],
    },
    {
      ...stream("default refused; CN=thief 127.0.0.1:2; ", REFUSED),
      title: "a peer for a name that is not declared",
      finds: [`web:${PATH} $peer`],
    },
    {
      title: "an internal location, which the error of a refusal leads to",
      ...conf(BY_NAME, `${GATE} error_page 403 =200 /all; proxy_pass http://127.0.0.1:1; } location /all { internal; `),
      finds: [`web:${PATH} server without a name *:8001, location /all`],
    },
  ],
  unknown: [
    {
      title: "ranges of another spelling, and of whoever a header names",
      ...conf(
        `${BY_NAME} geo $remote_addr $admin { default 0; 203.0.113.0/24 1; proxy 10.0.0.0/8; 198.51.100.0-198.51.100.9 1; }`,
        `${GATE} if ($admin != 1) { return 404; }`,
      ),
      finds: [`web:${PATH} $admin`, `web:${PATH} $admin`],
    },
    {
      title: "names that an expression makes, or that stand beside what is asked for",
      ...conf(
        `${BY_NAME.replace("default 0;", String.raw`default 0; "~^CN=(?:worker|other)-a[.]example\z" 1;`)}
        map "$ssl_client_s_dn $uri" $other { default 0; "~^CN=worker-a /push" 1; }`,
        `${GATE} if ($other = 0) { return 403; }`,
      ),
      finds: [`web:${PATH} $caller`, `web:${PATH} $other`],
    },
  ],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "turn a list of callers round", /if \(\$caller_8000_portal = 0\)/, "if ($caller_8000_portal = 1)"),
  inFile(CONF, "admit by default", /(\$caller_8000_portal \{\s*default) 0;/, "$1 1;"),
  inFile(CONF, "admit every name", /(\$caller_8000_portal \{\s*default 0;)/, '$1 "~^CN=" 1;'),
  inFile(CONF, "administer from everywhere", /(\$admits_443_admin \{\s*default 0;)/, "$1 0.0.0.0/0 1;"),
  inFile(CONF, "admit a name by its end", /(\$caller_8000_portal \{\s*default 0;)/, '$1 "~^.*CN=worker" 1;'),
  inFile(CONF, "admit a stranger", /(\$caller_8000_portal \{\s*default 0;)/, "$1 CN=thief.example.org 1;"),
  inFile(
    CONF,
    "administer from two halves of everywhere",
    /(\$admits_443_admin \{\s*default 0;)/,
    "$1 0.0.0.0/1 1; 128.0.0.0/1 1;",
  ),
  inFile(CONF, "administer from a range beside", "203.0.113.16/28 1;", "203.0.113.0/24 1;"),
  inFile(CONF, "let a whole network stand for load balancers", "10.30.0.0/22 1;", "10.30.0.0/16 1;"),
  inFile(CONF, "let others read logs", "default host;", "default host; CN=thief reader;"),
  inFile(CONF, "ask for no list", /if \(\$caller_8000_portal = 0\) \{\s*return 403;\s*\}/, ""),
  inFile(CONF, "admit what is listed nowhere", /(\$admitted \{\s*default) 0;/, "$1 1;"),
  inFile(CONF, "turn round what may be asked", "if ($admitted = 0)", "if ($admitted = 1)"),
  inFile(CONF, "let everybody administer", /(\$admits_443_admin \{\s*default) 0;/, "$1 1;"),
  inFile(CONF, "let all but administrators administer", "if ($admits_443_admin = 0)", "if ($admits_443_admin)"),
  inFile(CONF, "forget administrators", /if \(\$admits_443_admin = 0\) \{\s*return 404;\s*\}/, ""),
  inFile(CONF, "let others than load balancers in", /(\$balanced_443 \{\s*default) 0;/, "$1 1;"),
  inFile(CONF, "overwrite a list", /if \(\$caller_8000_portal = 0\)/, "set $caller_8000_portal 1; $&"),
  onObject("ConfigMap", "admit every pod", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/(\$caller_web \{\s*default) 0;/, "$1 1;");
    return object;
  }),
  onObject("ConfigMap", "lead every pod to the scanner", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string")
      object.data["nginx.conf"] = text.replace("default refused_clamd", "default 127.0.0.1:13310");
    return object;
  }),
];
