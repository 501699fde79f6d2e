import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const server = (text: string, listen = "443 ssl") => ({
  web: { [PATH]: `http { server { listen ${listen}; ${text} } }` },
});
const at = `web:${PATH} server without a name *:443`;

export const examples: Examples = {
  good: [
    { title: "figures on loopback", hosts: server("location = /status { stub_status; }", "127.0.0.1:8099") },
    {
      title: "an alias with both slashes, by a whole path, and an if that returns",
      hosts: server("location /a/ { alias /srv/a/; if ($b) { return 403; } } location = /c { alias /srv/c/; }"),
    },
  ],
  bad: [
    {
      title: "an alias without its slash, and a list of its files",
      hosts: server("location /a { alias /srv/a/; autoindex on; }"),
      finds: [`${at}, location /a: autoindex`, `${at}, location /a: alias`],
    },
    {
      title: "figures for everybody",
      hosts: server("location = /status { stub_status; }"),
      finds: [`${at}, location = /status: stub_status`],
    },
    {
      title: "an if that hands on",
      hosts: server("location / { if ($a) { proxy_pass http://127.0.0.1:1; } }"),
      finds: [`${at}, if ($a)`],
    },
    {
      title: "a console of the database",
      hosts: server("location /tools/ { proxy_pass http://127.0.0.1:8081/phpmyadmin/; }"),
      finds: [`${at}, location /tools/: console`],
    },
    { title: "slashes that are not merged", hosts: server("merge_slashes off;"), finds: [`${at}: merge_slashes`] },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "list folders", "location / {", "location / { autoindex on;"),
  inFile(CONF, "forget a slash of an alias", "location / {", "location /a { alias /srv/; } location / {"),
  inFile(CONF, "show figures to everybody", "location / {", "location = /status { stub_status; } location / {"),
  inFile(CONF, "hand on in an if", "return 403;", "proxy_pass http://application;"),
  inFile(CONF, "offer a console", "location / {", "location /adminer { proxy_pass http://application; } location / {"),
  inFile(CONF, "merge no slashes", "merge_slashes on;", "merge_slashes off;"),
];
