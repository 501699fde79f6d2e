import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const main = "events {}\nhttp { include mime.types; include conf.d/*.conf; }\n";

export const examples: Examples = {
  good: [
    {
      title: "all that it includes is there",
      hosts: { web: { [PATH]: main, "/etc/nginx/conf.d/app.conf": "# }\nserver { return 404 'a { in quotes'; }\n" } },
    },
    {
      title: "logs of NGINX' own variables, of tables, settings and parts of expressions, in any letters",
      hosts: {
        web: {
          [PATH]: `http {
            log_format a '$REMOTE_ADDR \${ssl_client_verify} $http_x $arg_y $route $token $bare $verb $made $1';
            map $uri $route { "~^/(?<bare>.*)" 1; } split_clients $uri $token { 1% a; }
            server { server_name ~^(?P<verb>x); location / { auth_request_set $made $upstream_http_x; } }
          }`,
        },
      },
    },
    {
      title: "variables of a module of others",
      hosts: { web: { [PATH]: "load_module x.so; http { log_format a '$other'; }" } },
    },
  ],
  bad: [
    {
      title: "a block that is not closed",
      hosts: { web: { [PATH]: "events {}\nhttp {\n  server {\n    return 404;\n  }\n" } },
      finds: [`web:${PATH} line 6 of ${PATH}`],
    },
    {
      title: "a quote that is not closed, in an included file",
      hosts: { web: { [PATH]: main, "/etc/nginx/conf.d/app.conf": "server {\n  return 404 'never;\n}\n" } },
      finds: [`web:${PATH} line 4 of /etc/nginx/conf.d/app.conf`],
    },
    {
      title: "a file that includes itself",
      hosts: { web: { [PATH]: "events {}\ninclude nginx.conf;\n" } },
      finds: [`web:${PATH} line 2 of ${PATH}`],
    },
    {
      title: "logs of variables that nothing makes, by a format that nothing uses, too",
      hosts: {
        web: { [PATH]: "http { log_format a '$status $stauts'; log_format b '$scheme' '$my_id'; access_log /l a; }" },
      },
      finds: [`web:${PATH} log_format a`, `web:${PATH} log_format b`],
    },
  ],
  unknown: [
    {
      title: "sites are somewhere else",
      hosts: { web: { [PATH]: "http { include /etc/nginx/sites-enabled/*; }" } },
      finds: [`web:${PATH} include`],
    },
  ],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "lose a closing brace", /\}\s*$/, ""),
  inFile(CONF, "lose a semicolon", "server_tokens off;", "server_tokens off }"),
  inFile(CONF, "open a quote", "server_tokens off;", 'server_tokens "off;'),
  inFile(CONF, "log what nothing makes", '"status":"$status"', '"status":"$stauts"'),
  inFile(CONF, "include what is not rendered", "server_tokens off;", "include /etc/nginx/local/*.conf;"),
  onObject("ConfigMap", "lose a brace in a pod's configuration", (object) => {
    if (object.data?.["nginx.conf"] !== undefined) object.data["nginx.conf"] = `${object.data["nginx.conf"]}}`;
    return object;
  }),
];
