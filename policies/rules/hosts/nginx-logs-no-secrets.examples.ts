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
    {
      title: "a format of a log that is turned off beside it",
      hosts: http("log_format lean '$uri'; access_log /l; access_log off; server { access_log /l lean; }"),
    },
    {
      title: "what comes before the query, and whether there was a token",
      hosts: http(
        `map $request_uri $asked { "~^(?<bare>[^?#]*)" $bare; } map $request $verb { "~^([A-Z]{1,16}) " $1; }
        map $http_authorization $known { default 1; "" 0; } log_format lean '$asked $verb $known'; access_log /l lean;`,
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
    ...[
      ["by a map", "map $http_authorization $a { default $http_authorization; }"],
      ["by two maps and other letters", "map $HTTP_Cookie $b { default $HTTP_Cookie; } map $scheme $a { default $b; }"],
      ["by a part of it", 'map $http_cookie $b { "~session=(?<a>.*)" 1; }'],
      ["by a numbered part of it", 'map $http_cookie $a { "~session=(.*)" $1; }'],
      ["by a part of the query", 'map $request_uri $b { "~^[^?]*\\?(?<a>[a-z=]*)" 1; }'],
      ["by a part that goes on to the query", 'map $request_uri $b { "~^(?<a>.*)" 1; }'],
      ["by a setting of a server", "server { set $a $arg_password; }"],
      ["by a condition of a location", 'server { location / { if ($http_cookie ~ "s=(.*)") { set $a $1; } } }'],
    ].map(([title, text]) => ({
      title: `a token ${title}`,
      hosts: http(`${text} log_format fat '$a'; access_log /l fat;`),
      finds: [`web:${PATH} http: log_format fat`],
    })),
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "write the query", '"path":"$asked_path"', '"path":"$request_uri"'),
  inFile(CONF, "write tokens", "$status", "$http_authorization $status"),
  inFile(CONF, "write the query by the map of paths", "(?<bare>[^?#]*)", "(?<bare>.*)"),
  inFile(
    CONF,
    "write tokens by a map",
    "log_format requests",
    "map $http_authorization $known_id { default $http_authorization; } $&",
  ),
  inFile(CONF, "write in NGINX' own format", " requests;", ";"),
  onObject("ConfigMap", "write cookies at a pod's edge", (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string")
      object.data["nginx.conf"] = text.replace('"status":"$status"', '"status":"$http_cookie"');
    return object;
  }),
];
