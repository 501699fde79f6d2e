import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { listenOf } from "../../../policies/model/nginx/listen.ts";
import { bytesOf, secondsOf } from "../../../policies/model/nginx/measures.ts";
import { type Directive, parseNginx } from "../../../policies/model/nginx/parse.ts";
import { nginxProxies } from "../../../policies/model/nginx/proxies.ts";
import { nginxServers } from "../../../policies/model/nginx/servers.ts";
import { looseCiphers } from "../../../policies/model/tls-ciphers.ts";

/** NGINX' configuration is read as NGINX reads it. */

type Bare = readonly [string, readonly string[], (readonly Bare[])?];
const bare = ({ name, words, block }: Directive): Bare =>
  block === undefined ? [name, words] : [name, words, block.map(bare)];
const read = (text: string) => parseNginx(text, "x").directives.map(bare);
const faults = (text: string) => parseNginx(text, "x").faults.map(({ line, says }) => `${line}: ${says}`);
const server = (text: string) => {
  const [first] = estateOf({ title: "", hosts: { web: { "/etc/nginx/nginx.conf": text } } }).of(nginxServers);
  if (first === undefined) throw new Error("there is no server");
  return first;
};

describe("words are taken apart as ngx_conf_read_token does", () => {
  test.each<[string, string, readonly Bare[]]>([
    ["quotes of both kinds", `a "b c" 'd "e"';`, [["a", ["b c", 'd "e"']]]],
    ["a quote inside a word", `a b"c d";`, [["a", ['b"c', 'd"']]]],
    [
      "escapes that mean something, and those that stay",
      String.raw`a "\"\t" \d\;x;`,
      [["a", ['"\t', String.raw`\d\;x`]]],
    ],
    ["a variable in braces", "a ${b}c;", [["a", ["${b}c"]]]],
    [
      "a comment where a word could begin, and a # in one",
      "a b#c; # d;\n#e\nf;",
      [
        ["a", ["b#c"]],
        ["f", []],
      ],
    ],
    ["a closing brace in a word", "a b}c;", [["a", ["b}c"]]]],
    ["a semicolon and braces in quotes", `a '{;}';`, [["a", ["{;}"]]]],
    ["an empty name", `map $a $b { "" 1; }`, [["map", ["$a", "$b"], [["", ["1"]]]]]],
    ["a bracket behind a quote", `if ($a = "b") { return 403; }`, [["if", ["($a", "=", "b"], [["return", ["403"]]]]]],
    [
      "Lua",
      "content_by_lua_block { if a then { } end }\nb;",
      [
        ["content_by_lua_block", [], []],
        ["b", []],
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(faults(text)).toEqual([]);
    expect(read(text)).toEqual(expected);
  });
});

test.each([
  ["a {\n b;", '2: the block "a" of line 1 is not closed'],
  ["a;\n}", "2: } closes nothing"],
  ["a\nb", '2: "a" does not end with ; before the end of the file'],
  ["a { b }", '1: "b" does not end with ; before }'],
  ["a 'b\n", "2: a quote is not closed"],
  ["a 'b'c;", "1: c follows a closing quote, a space is missing"],
  ["\n{ }", "2: { stands where a directive must begin"],
  ["a_by_lua_block { {", "1: a block is not closed"],
])("says why and where NGINX would refuse %j", (text, expected) => {
  expect(faults(text)).toEqual([expected]);
});

test("any text is read to an end, with directives or with one fault", () => {
  const words = fc.constantFrom(
    "a",
    " ",
    "{",
    "}",
    ";",
    '"',
    "'",
    "\\",
    "#",
    "\n",
    "$",
    "${",
    ")",
    "include",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      expect(parseNginx(parts.join(""), "x").faults.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2000 },
  );
});

test("a thousand nested blocks are read without a deep stack", () => {
  const deep = 100_000;
  expect(faults(`${"a{".repeat(deep)}${"}".repeat(deep)}`)).toEqual([]);
});

describe("the innermost block that sets any of a name decides", () => {
  const text = `http {
    add_header A 1; ssl_protocols TLSv1.2;
    server {
      listen 80;
      location /inherits { }
      location /replaces { add_header B 2; location /deeper { } }
      location /merges { add_header_inherit merge; add_header C 3; }
      location /none { add_header_inherit off; }
    }
  }`;
  const headers = (path: string) =>
    server(text)
      .contexts.filter(({ directive }) => directive?.words[0] === path)
      .flatMap((each) => each.addedHeaders().map(({ words }) => words.join(" ")));

  test.each([
    ["/inherits", ["A 1"]],
    ["/replaces", ["B 2"]],
    ["/deeper", ["B 2"]],
    ["/merges", ["C 3", "A 1"]],
    ["/none", []],
  ])("headers of %s", (path, expected) => {
    expect(headers(path)).toEqual(expected);
  });

  test("values that stand once go down to every block", () => {
    expect(server(text).contexts.map((each) => each.word("ssl_protocols", "none"))).toEqual(Array(6).fill("TLSv1.2"));
  });
});

test("included files stand where they are named, in the order of their names, and once for each name", () => {
  const hosts = {
    web: {
      "/etc/nginx/nginx.conf": "http { include sites/*.conf; include /opt/nginx/last; }",
      "/etc/nginx/sites/b.conf": "server { listen 2; }",
      "/etc/nginx/sites/a.conf": "include parts/listen; ",
      "/etc/nginx/parts/listen": "server { listen 1; }",
      "/etc/nginx/other/c.conf": "server { listen 9; }",
      "/opt/nginx/last": "server { listen 3; }",
    },
  };
  const servers = estateOf({ title: "", hosts }).of(nginxServers);
  expect(servers.map(({ listens }) => listens.map(({ port }) => port))).toEqual([[1], [2], [3]]);
});

test.each([
  ["443 ssl", { address: "*", port: 443, tls: true, loopback: false }],
  ["127.0.0.1:80", { address: "127.0.0.1", port: 80, tls: false, loopback: true }],
  ["127.9.9.9", { address: "127.9.9.9", port: 80, loopback: true }],
  ["[::1]:80", { address: "::1", port: 80, loopback: true }],
  ["[::]:443 quic reuseport", { address: "::", port: 443, tls: true, loopback: false }],
  ["localhost:81", { address: "localhost", port: 81, loopback: true }],
  ["unix:/run/x ssl proxy_protocol", { address: "unix:/run/x", port: undefined, proxyProtocol: true, loopback: true }],
  ["10.0.0.1:443 default_server", { address: "10.0.0.1", port: 443, isDefault: true }],
])("listen %s", (words, expected) => {
  expect(listenOf({ name: "listen", words: words.split(" "), block: undefined, file: "", line: 1 })).toMatchObject(
    expected,
  );
});

test("peers are found by upstreams, by variables of maps and as they are written", () => {
  const text = `http {
    upstream app { zone a 64k; server 127.0.0.1:1; server unix:/run/app backup; }
    map $uri $to { hostnames; default app; /x 10.0.0.9:2; /y $to; }
    server { location /a { proxy_pass http://app/; } location /b { proxy_pass http://$to; }
      location /c { proxy_pass $to; } location /d { fastcgi_pass unix:/run/php; } } }`;
  const proxies = estateOf({ title: "", hosts: { web: { "/etc/nginx/nginx.conf": text } } }).of(nginxProxies);
  expect(proxies.map(({ peers }) => peers.map(String))).toEqual([
    ["127.0.0.1:1", "unix:/run/app"],
    ["$to"],
    ["10.0.0.9:2", "127.0.0.1:1", "unix:/run/app"],
    ["unix:/run/php"],
  ]);
});

test.each([
  ["ECDHE-RSA-AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256", []],
  ["EECDH+AESGCM:DHE+CHACHA20:!aNULL:-kRSA:@STRENGTH", []],
  ["HIGH:!aNULL:!MD5", ["HIGH"]],
  ["ECDHE-RSA-AES128-SHA256", ["ECDHE-RSA-AES128-SHA256"]],
  ["kECDHE+AESGCM:@SECLEVEL=0", ["kECDHE+AESGCM", "@SECLEVEL=0"]],
  ["AES256-GCM-SHA384 DEFAULT", ["AES256-GCM-SHA384", "DEFAULT"]],
])("cipher list %s lets in %j", (list, expected) => {
  expect(looseCiphers(list)).toEqual(expected);
});

test("sizes and times have NGINX' units", () => {
  expect(["8k", "1M", "1g", "1024", "x"].map(bytesOf)).toEqual([8192, 1_048_576, 1_073_741_824, 1024, Number.NaN]);
  expect(["60", "1m 30s", "1h30m", "500ms", "soon"].map(secondsOf)).toEqual([60, 90, 5400, 0.5, Number.NaN]);
});
