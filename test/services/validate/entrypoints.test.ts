import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a public entry has no TLS behind it",
    ({ shop, site }) => {
      change(site, { to: shop.listens.app });
    },
    [
      "shop-system/entrypoints/web/to: must be a listener with tls, got shop/app (tcp, loopback, service)",
      "shop-system/entrypoints/web/to: must be a listener that speaks HTTP, got shop/app (tcp, loopback, service)",
    ],
  ],
  [
    "what is passed through is not mutual TLS",
    ({ gate }) => {
      change(gate.listens.orders, { transport: "tls" });
    },
    ["shop-system/entrypoints/partners/to: must be a listener with mtls, got gate/orders (tcp, tls, service)"],
  ],
  [
    "an entry and its health check lead to UDP",
    ({ gate }) => {
      change(gate.listens.orders, { protocol: "udp" });
    },
    [
      "shop-system/entrypoints/partners/to: must be a TCP listener, got gate/orders (udp, mtls, service)",
      'shop-system/components/gate/health/on: must be a TCP listener, got "orders"',
    ],
  ],
  [
    "an entry says nothing, or what EC2 would refuse in a rule",
    ({ site }) => {
      change(site, { why: "<shop>" });
    },
    [
      'shop-system/entrypoints/web/why: must say why, in at least 8 characters, got "<shop>"',
      'shop-system/entrypoints/web/why: must be letters, digits, spaces and ._-:/()#,@[]+=;{}!$*: EC2 takes no other in a rule\'s description, got "<" ">"',
    ],
  ],
  [
    "metrics have a way in",
    ({ shop, site }) => {
      change(site, { to: shop.listens.metrics });
    },
    [
      "shop-system/entrypoints/web/to: must be a listener for callers: metrics and peer ports have no way in, got shop/metrics (tcp, tls, metrics)",
    ],
  ],
  [
    "a database has a way in [NOD-5.3]",
    ({ database, site }) => {
      change(site, { to: database.listens.sql });
    },
    [
      "shop-system/entrypoints/web/to: must be a listener that speaks HTTP, got database/sql (tcp, tls, service)",
      "shop-system/entrypoints/web/to: must belong to a component: stores have no way in (NOD-5.3), got database/sql (tcp, tls, service)",
    ],
  ],
  [
    "a health path is none",
    ({ site }) => {
      change(site, { health: "health" });
    },
    ['shop-system/entrypoints/web/health: must be a path that begins with "/", got "health"'],
  ],
  [
    "the load balancer cannot wait so long",
    ({ site }) => {
      change(site, { idle: 4_001 });
    },
    [
      "shop-system/entrypoints/web/idle: must be from 1 to 4000 whole seconds: the load balancer takes no others, got 4001 seconds",
    ],
  ],
  [
    "a request outlives the connection",
    ({ front }) => {
      change(front, { longestRequest: 60 });
    },
    ["shop-system/entrypoints/web/idle: must be longer than the longest request of edge (1 minute), got 1 minute"],
  ],
  [
    "browsers forget TLS within the year [NOD-1.5]",
    ({ site }) => {
      change(site.headers, { hsts: 86_400 });
    },
    ["shop-system/entrypoints/web/headers/hsts: must be >= 365 days (NOD-1.5), got 1 day"],
  ],
  [
    "scripts from anywhere may run [NOD-1.7]",
    ({ site }) => {
      change(site.headers, { contentSecurityPolicy: "default-src 'self'; script-src *; frame-ancestors 'none'" });
    },
    [
      "shop-system/entrypoints/web/headers/contentSecurityPolicy: must not let scripts from anywhere run (NOD-1.7), got *",
    ],
  ],
  [
    "a page may be framed [NOD-1.7]",
    ({ site }) => {
      change(site.headers, { contentSecurityPolicy: "default-src 'self'" });
    },
    [
      "shop-system/entrypoints/web/headers/contentSecurityPolicy: must have default-src and frame-ancestors (NOD-1.7), got none for frame-ancestors",
    ],
  ],
  [
    "a route has no rate",
    ({ site }) => {
      change(site.routes[1]?.rate ?? {}, { requests: 0 });
    },
    ["shop-system/entrypoints/web/routes/other/rate/requests: must be a whole number, 1 or more, got 0"],
  ],
  [
    "a route has no connections",
    ({ site }) => {
      change(site.routes[1] ?? {}, { connections: 0 });
    },
    ["shop-system/entrypoints/web/routes/other/connections: must be a whole number, 1 or more, got 0"],
  ],
  [
    "a body may be nothing",
    ({ site }) => {
      change(site, { body: 0 });
    },
    ["shop-system/entrypoints/web/body: must be a number above zero, got 0"],
  ],
  [
    "a pattern is none",
    ({ site }) => {
      change(site.routes[0] ?? {}, { paths: ["login", "/a*b"] });
    },
    [
      'shop-system/entrypoints/web/routes/login/paths: must begin with "/" and have no * but at the end, got "login"',
      'shop-system/entrypoints/web/routes/login/paths: must begin with "/" and have no * but at the end, got "/a*b"',
    ],
  ],
  [
    "a route is behind a wider one",
    ({ site }) => {
      change(site, { routes: [...site.routes].reverse() });
    },
    [
      'shop-system/entrypoints/web/routes/login/paths: must come before other, which matches it first, got "/login"',
      'shop-system/entrypoints/web/routes: must end with a route for "/*" and every method: no path without limits, got a last route for /login',
    ],
  ],
  [
    "two routes have one class",
    ({ site }) => {
      change(site.routes[0] ?? {}, { class: "other" });
    },
    ['shop-system/entrypoints/web/routes/other/class: must be unique, got "other", which another route has'],
  ],
  [
    "a path has no limits",
    ({ site }) => {
      change(site, { routes: site.routes.slice(0, 1) });
    },
    [
      'shop-system/entrypoints/web/routes: must end with a route for "/*" and every method: no path without limits, got a last route for /login',
    ],
  ],
  [
    "metrics are not hidden [ALC-SEC.2]",
    ({ site }) => {
      change(site, { hidden: [] });
    },
    ['shop-system/entrypoints/web/hidden: must hide "/metrics" and "/metrics/*" (ALC-SEC.2), got nothing'],
  ],
  [
    "the WAF cannot count to the flood",
    ({ site }) => {
      change(site, { flood: 2_000_000_001 });
    },
    ["shop-system/entrypoints/web/flood: must be from 10 to 2000000000: AWS WAF counts no others, got 2000000001"],
  ],
  [
    "the WAF blocks what a route permits",
    ({ site }) => {
      change(site, { flood: 5_999 });
    },
    ["shop-system/entrypoints/web/flood: must not refuse what route other permits in five minutes, 6000, got 5999"],
  ],
  [
    "a narrower audience is bound to some methods [BRK-SEC.20]",
    ({ site }) => {
      change(site, { routes: site.routes.map((route) => ({ ...route, audience: "admins" as const })) });
    },
    [
      "shop-system/entrypoints/web/routes/login/methods: must be absent beside an audience: other methods would fall to a wider route, got POST",
    ],
  ],
  [
    "an origin is not https or any [ALC-7.5]",
    ({ site }) => {
      change(site, { corsOrigins: ["http://a.example.org", "*", "https://b.example.org/"] });
    },
    [
      'shop-system/entrypoints/web/corsOrigins/#0: must be an https origin without path or * (ALC-7.5), got "http://a.example.org"',
      'shop-system/entrypoints/web/corsOrigins/#1: must be an https origin without path or * (ALC-7.5), got "*"',
      'shop-system/entrypoints/web/corsOrigins/#2: must be an https origin without path or * (ALC-7.5), got "https://b.example.org/"',
    ],
  ],
  [
    "a load balancer is to keep answers",
    ({ site }) => {
      change(site, {
        cached: [{ paths: ["/pictures/*"], for: 60, signed: true, from: { kind: "objects", name: "films" } }],
      });
    },
    [
      'shop-system/entrypoints/web/cached/#0: must be absent unless via is cloudfront: a load balancer keeps no answers, got "load-balancer"',
      'shop-system/entrypoints/web/cached/#0/from: must be a bucket that shop-system lists: pictures, got "films"',
    ],
  ],
  [
    "CloudFront is to wait longer than it does",
    ({ site }) => {
      change(site, { via: "cloudfront", idle: 61 });
    },
    [
      "shop-system/entrypoints/web/idle: must be from 10 to 60 whole seconds: CloudFront takes no others, got 61 seconds",
    ],
  ],
  [
    "nothing signs the signed addresses of an environment",
    ({ site, staging }) => {
      change(site, { via: "cloudfront", cached: [{ paths: ["/pictures/*"], for: 60, signed: true }] });
      change(staging, { cdnKeys: [] });
    },
    ["environments/staging/cdnKeys: must hold a key: shop-system/web has signed addresses, got none"],
  ],
  [
    "the internet passes through [BRK-SEC.9]",
    ({ partners }) => {
      change(partners, { audience: "internet" });
    },
    [
      'shop-system/entrypoints/partners/audience: must be "clients" or "admins": what is passed through is open to known ranges only (BRK-3.1, BRK-SEC.9), got "internet"',
    ],
  ],
  [
    "a host is no DNS label",
    ({ site }) => {
      change(site, { host: "shop.online" });
    },
    [
      'shop-system/entrypoints/web/host: must be a DNS label: 1 to 63 lower-case letters, digits and inner hyphens, got "shop.online"',
    ],
  ],
];

describe("validateCatalogue: entrypoints", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
