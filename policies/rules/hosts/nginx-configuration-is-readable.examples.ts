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
  inFile(CONF, "include what is not rendered", "server_tokens off;", "include /etc/nginx/local/*.conf;"),
  onObject("ConfigMap", "lose a brace in a pod's configuration", (object) => {
    if (object.data?.["nginx.conf"] !== undefined) object.data["nginx.conf"] = `${object.data["nginx.conf"]}}`;
    return object;
  }),
];
