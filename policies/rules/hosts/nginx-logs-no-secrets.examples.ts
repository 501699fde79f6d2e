import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const http = (text: string) => ({ web: { [PATH]: `http { ${text} server { listen 443 ssl; } }` } });

export const examples: Examples = {
  good: [
    {
      title: "a path without its query",
      hosts: http("log_format lean '$uri $status $request_time'; access_log /l lean;"),
    },
    {
      title: "nothing by default, a lean format where it counts",
      hosts: http(
        "access_log off; log_format lean escape=json '$uri ' '$status'; server { access_log /l lean if=$a; }",
      ),
    },
  ],
  bad: [
    {
      title: "the format of NGINX, of which nothing is said",
      hosts: http(""),
      finds: [`web:${PATH} http: log_format combined`],
    },
    {
      title: "the format of NGINX, by a log without a format",
      hosts: http("access_log off; server { server_name a; access_log /l buffer=1m; }"),
      finds: [`web:${PATH} server a: log_format combined`],
    },
    {
      title: "a session and a password",
      hosts: http("log_format fat '$uri $http_cookie ${arg_password}'; access_log /l fat;"),
      finds: [`web:${PATH} http: log_format fat`],
    },
    {
      title: "a format that nobody gives",
      hosts: http("access_log /l other;"),
      finds: [`web:${PATH} http: access_log`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "write the query", '"path":"$asked_path"', '"path":"$request_uri"'),
  inFile(CONF, "write tokens", "$status", "$http_authorization $status"),
  inFile(CONF, "write in NGINX' own format", " requests;", ";"),
  onObject("ConfigMap", "write cookies at a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string")
      object.data["nginx.conf"] = text.replace('"status":"$status"', '"status":"$http_cookie"');
    return object;
  }),
];
