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
    {
      title: "errors that NGINX answers, though the server hands on and rewrites",
      hosts: http(
        String.raw`error_page 400 497 /error; error_page 405 https://a.example.org; error_page 502 @other;
        server { listen 443 ssl; rewrite ^(?!/error\z) /x last; location / { proxy_pass http://127.0.0.1:1; }
          location = /error { internal; return 200 no; } location @other { proxy_pass http://127.0.0.1:2; } }`,
      ),
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
    {
      title: "an error that hands clear text on",
      hosts: http(
        "server { listen 443 ssl; error_page 497 =200 @plain; location @plain { proxy_pass http://127.0.0.1:1; } }",
      ),
      finds: [`web:${PATH} server without a name *:443: error_page 497`],
    },
    {
      title: "a path that leads to the same by its longest begin, and by an expression",
      hosts: http(
        `server { listen 443 ssl; error_page 400 /a/error; error_page 497 /b/error; location / { return 404; }
          location /a/ { proxy_pass http://127.0.0.1:1; } location ~ ^/b/ { proxy_pass http://127.0.0.1:1; } }`,
      ),
      finds: ["400", "497"].map((status) => `web:${PATH} server without a name *:443: error_page ${status}`),
    },
    {
      title: "a refusal that hands on",
      hosts: http(
        "server { listen 80; location / { error_page 404 =200 /app; return 404; } location = /app { internal; proxy_pass http://127.0.0.1:1; } }",
      ),
      finds: [`web:${PATH} server without a name *:80, location /: error_page 404`],
    },
  ],
  unknown: [
    {
      title: "errors that lead where the caller asks, through a rewrite, or to what is asked of a program first",
      hosts: http(
        `server { listen 443 ssl; error_page 400 $uri; error_page 494 /error; error_page 497 @more; rewrite ^/error /x last;
          location / { proxy_pass http://127.0.0.1:1; } location @more { mirror /x; root /srv; } }`,
      ),
      finds: ["400", "494", "497"].map((status) => `web:${PATH} server without a name *:443: error_page ${status}`),
    },
  ],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "drop ssl from a listen", / ssl;/, ";"),
  inFile(CONF, "take figures beyond loopback", "listen 127.0.0.1:8099", "listen 8099"),
  inFile(CONF, "hand clear text on", "error_page 497 =400 /.edge/error;", "error_page 497 =200 /.edge/route/other/x;"),
  inFile(
    CONF,
    "hand clear text on by a name",
    "        location = /.edge/error {",
    "        error_page 497 =200 @plain; location @plain { proxy_pass http://application; } $&",
  ),
  inFile(CONF, "add a server in clear text", "events {", "http { server { listen 80; root /srv; } }\nevents {"),
];
