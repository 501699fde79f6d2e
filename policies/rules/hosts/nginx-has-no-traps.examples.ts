import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const server = (text: string, listen = "443 ssl") => ({
  web: { [PATH]: `http { server { listen ${listen}; ${text} } }` },
});
const main = (text: string) => ({ web: { [PATH]: `${text} http { server { listen 443 ssl; } }` } });
const at = `web:${PATH} server without a name *:443`;

export const examples: Examples = {
  good: [
    { title: "figures on loopback", hosts: server("location = /status { stub_status; }", "127.0.0.1:8099") },
    {
      title: "modules of the distribution, and the time zone",
      hosts: main("user www-data; load_module modules/ngx_stream_module.so; env TZ; env HOME=/var/empty;"),
    },
    {
      title: "an alias with both slashes, by a whole path, and an if that returns",
      hosts: server("location /a/ { alias /srv/a/; if ($b) { return 403; } } location = /c { alias /srv/c/; }"),
    },
    {
      title: "bodies that go when they are answered, and styles that are kept",
      hosts: server(
        String.raw`client_body_in_file_only clean; location / { proxy_pass http://127.0.0.1:1; }
          location ~* \.(?:css|js)$ { proxy_cache files; proxy_pass http://127.0.0.1:1; }`,
      ),
    },
    {
      title: "redirects to hosts that are written, and to the name that was asked for",
      hosts: {
        web: {
          [PATH]: `http {
            map $uri $moved { default /; /old /new; }
            server {
              listen 443 ssl; set $site www.example.org;
              location /a { return 301 https://www.example.org$request_uri; }
              location /b { return 308 https://$host/b$is_args$args; }
              location /c { return 302 https://$site$moved?back=$arg_back; }
              location /d { rewrite ^/d/(.*)$ /e/$1 permanent; }
              location /e { rewrite ^/e/(.*)$ https://www.example.org/$1 redirect; }
              location /f { return 200 $request_id; }
              location /g { proxy_pass http://127.0.0.1:1; proxy_set_header X-Original-URI $request_uri; }
              location /h { return 302 /login?back=$request_uri; }
            }
          }`,
        },
      },
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
      title: "redirects to where a link says",
      hosts: {
        web: {
          [PATH]: `http {
            map $arg_to $next { default $arg_to; home /; }
            server {
              listen 443 ssl; set $site $http_x_forwarded_host;
              location /a { return 302 $arg_next; }
              location /b { return 301 https://www.example.org$arg_path; }
              location /c { rewrite ^/c/(.*)$ https://www.example.org$1 redirect; }
              location /d { return 302 $next; }
              location /e { return 302 https://$site/; }
              location /f { return 302 /$arg_path; }
              location /g { return 301 $request_uri/; }
              location /h { return https://$http_x_forwarded_host/; }
              error_page 404 =302 $cookie_home;
            }
          }`,
        },
      },
      finds: [
        `${at}: error_page`,
        ...[
          "a: return",
          "b: return",
          "c: rewrite",
          "d: return",
          "e: return",
          "f: return",
          "g: return",
          "h: return",
        ].map((each) => `${at}, location /${each}`),
      ],
    },
    {
      title: "a decoded path in heads, which may hold a line break",
      hosts: server(
        "add_header X-Path $uri; location /a { return 301 https://www.example.org$document_uri; } location /b { proxy_pass http://127.0.0.1:1; proxy_set_header X-Path ${uri}; }",
      ),
      finds: [`${at}: add_header X-Path`, `${at}, location /a: return`, `${at}, location /b: proxy_set_header X-Path`],
    },
    {
      title: "a console of the database",
      hosts: server("location /tools/ { proxy_pass http://127.0.0.1:8081/phpmyadmin/; }"),
      finds: [`${at}, location /tools/: console`],
    },
    { title: "slashes that are not merged", hosts: server("merge_slashes off;"), finds: [`${at}: merge_slashes`] },
    {
      title: "headers with underscores, which programs take for those with dashes",
      hosts: server("underscores_in_headers on;"),
      finds: [`${at}: underscores_in_headers`],
    },
    {
      title: "root, code of somebody in NGINX itself, and no master",
      hosts: main(
        "user www-data root; load_module /tmp/x.so; load_module modules/ngx_http_js_module.so; env LD_PRELOAD=/tmp/x.so; env OPENSSL_CONF; master_process off;",
      ),
      finds: ["user", "load_module", "load_module", "env", "env", "master_process"].map(
        (name) => `web:${PATH} ${name}`,
      ),
    },
    {
      title: "files that everybody may write and list, by what all servers have",
      hosts: { web: { [PATH]: "http { autoindex on; dav_methods PUT DELETE; server { listen 443 ssl; } }" } },
      finds: [`${at}: autoindex`, `${at}: dav_methods`],
    },
    {
      title: "bodies and answers of an application on disk, by what all servers have and by its own",
      hosts: {
        web: {
          [PATH]: `http { proxy_cache all; client_body_in_file_only on; server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:1; }
            location /b { proxy_cache off; proxy_store /srv/b; client_body_in_file_only off; proxy_pass http://127.0.0.1:1; }
            location ~ ^/c { proxy_cache $zone; client_body_in_file_only off; proxy_pass http://127.0.0.1:1; } } }`,
        },
      },
      finds: [
        ...["proxy_cache", "client_body_in_file_only"].map((name) => `${at}, location /: ${name}`),
        `${at}, location /b: proxy_store`,
        `${at}, location ~ ^/c: proxy_cache`,
      ],
    },
  ],
  unknown: [
    {
      title: "programs of Lua and of njs decide",
      hosts: server("location / { access_by_lua_block { if x then return end } js_content main.answer; }"),
      finds: ["access_by_lua_block", "js_content"].map((name) => `web:${PATH} location /: ${name}`),
    },
  ],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "list folders", "location / {", "location / { autoindex on;"),
  inFile(CONF, "forget a slash of an alias", "location / {", "location /a { alias /srv/; } location / {"),
  inFile(CONF, "show figures to everybody", "location / {", "location = /status { stub_status; } location / {"),
  inFile(CONF, "hand on in an if", "return 403;", "proxy_pass http://application;"),
  inFile(CONF, "offer a console", "location / {", "location /adminer { proxy_pass http://application; } location / {"),
  inFile(CONF, "take underscores", "underscores_in_headers off;", "underscores_in_headers on;"),
  inFile(CONF, "merge no slashes", "merge_slashes on;", "merge_slashes off;"),
  inFile(CONF, "be root", "user www-data;", "user root;"),
  inFile(CONF, "load somebody's module", "user www-data;", "user www-data;\nload_module /tmp/x.so;"),
  inFile(CONF, "preload a library", "user www-data;", "user www-data;\nenv LD_PRELOAD=/tmp/x.so;"),
  inFile(CONF, "let callers write files", "server_tokens off;", "server_tokens off; dav_methods PUT DELETE;"),
  inFile(CONF, "keep answers", "server_tokens off;", "server_tokens off; proxy_cache all;"),
  inFile(CONF, "store answers", "proxy_pass http://application", "proxy_store on; proxy_pass http://application"),
  inFile(CONF, "keep bodies", "server_tokens off;", "server_tokens off; client_body_in_file_only on;"),
  inFile(CONF, "let a program decide", "location / {", "location / { access_by_lua_file /tmp/x.lua;"),
];
