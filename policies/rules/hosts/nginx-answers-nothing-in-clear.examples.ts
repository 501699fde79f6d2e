import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const http = (servers: string) => ({ web: { [PATH]: `http { ${servers} }` } });

export const examples: Examples = {
  good: [
    {
      title: "TLS, loopback in three spellings, and a redirect",
      hosts: http(`server { listen 443 ssl; }
        server { listen 127.0.0.1:8099; listen [::1]:8099; listen unix:/run/figures; location / { stub_status; } }
        server { listen 80; return 301 https://$host$request_uri; }`),
    },
    {
      title: "each location refuses or redirects",
      hosts: http("server { listen 80; location / { return 308 https://a.example.org; } location /x { return 404; } }"),
    },
    {
      title: "a stream that hands TLS on unread",
      hosts: { web: { [PATH]: "stream { server { listen 8001; ssl_preread on; } }" } },
    },
  ],
  bad: [
    {
      title: "a server that says nothing of where it listens",
      hosts: http("server { root /srv; }"),
      finds: [`web:${PATH} server without a name *:80: listen *:80`],
    },
    {
      title: "one location beside a redirect",
      hosts: http(
        "server { listen 80; location / { return 301 https://a.example.org; } location /api { proxy_pass http://127.0.0.1:1; } }",
      ),
      finds: [`web:${PATH} server without a name *:80: listen *:80`],
    },
    {
      title: "a redirect that stays in clear text",
      hosts: http("server { listen [::]:80; server_name a; return 301 http://b.example.org; }"),
      finds: [`web:${PATH} server a :::80: listen :::80`],
    },
  ],
  unknown: [],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "drop ssl from a listen", / ssl;/, ";"),
  inFile(CONF, "take figures beyond loopback", "listen 127.0.0.1:8099", "listen 8099"),
  inFile(CONF, "add a server in clear text", "events {", "http { server { listen 80; root /srv; } }\nevents {"),
];
