import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const conf = (main: string, http: string, server = "") => ({
  web: {
    [PATH]: `${main} http { ${http} server { listen 443 ssl; server_name a; ${server} location / { proxy_pass http://127.0.0.1:1; } } }`,
  },
});
const at = `web:${PATH}`;

export const examples: Examples = {
  good: [
    { title: "errors and requests in files, of NGINX' own where nothing is said", hosts: conf("error_log /e;", "") },
    {
      title: "probes and refused requests apart",
      hosts: conf(
        "error_log stderr notice;",
        "access_log off;",
        "access_log /dev/stdout lean if=$noteworthy; location ~* \\.css$ { access_log off; proxy_pass http://127.0.0.1:1; } location = /health { access_log off; proxy_pass http://127.0.0.1:1; }",
      ),
    },
  ],
  bad: [
    {
      title: "errors with all that is asked, and connections that are debugged",
      hosts: conf("error_log /e debug; events { debug_connection 10.0.0.7; }", "error_log memory:32m debug;"),
      finds: [`${at} main: error_log`, `${at} http: error_log`, `${at} events: debug_connection`],
    },
    {
      title: "errors that nobody reads, and requests that nobody writes",
      hosts: conf("error_log /dev/null;", "access_log off;"),
      finds: [`${at} main: error_log`, `${at} server a *:443, location /: access_log`],
    },
    {
      title: "a log beside one word that turns it off, before or behind",
      hosts: conf(
        "",
        "access_log /a; access_log off;",
        "location /b { access_log off; access_log /b; proxy_pass http://127.0.0.1:1; }",
      ),
      finds: [`${at} server a *:443, location /b: access_log`, `${at} server a *:443, location /: access_log`],
    },
    {
      title: "a location that writes requests nowhere",
      hosts: conf("", "", "location /b { access_log /dev/null; proxy_pass http://127.0.0.1:1; }"),
      finds: [`${at} server a *:443, location /b: access_log`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "debug", /error_log (\S+) \w+;/, "error_log $1 debug;"),
  inFile(CONF, "throw errors away", /error_log \S+/, "error_log /dev/null"),
  inFile(CONF, "debug who comes from one address", "events {", "events { debug_connection 10.0.0.7;"),
  onFile(
    CONF,
    "write no requests",
    (file) => ({ ...file, text: file.text.replace(/access_log [^;]*requests;/, "access_log off;") }),
    ({ name }) => name.includes("-portal-"),
  ),
  onFile(
    CONF,
    "turn a log off beside it",
    (file) => ({ ...file, text: file.text.replace(/access_log [^;]*requests;/, "$& access_log off;") }),
    ({ name }) => name.includes("-portal-"),
  ),
  onObject("ConfigMap", "write no requests of a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(/access_log [^;]*requests;/, "");
    return object;
  }),
];
