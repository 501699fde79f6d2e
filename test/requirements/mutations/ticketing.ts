import type { Mutation } from "./mutation.ts";

const product = "services/products/ticketing";

/** Ways to break what TKT asks for. */
export const ticketing: readonly Mutation[] = [
  {
    id: "TKT-1.2",
    change: "fifty sign-ins a second are let through",
    file: `${product}/components.ts`,
    from: "rate: perSecond(5), // TKT-1.2",
    to: "rate: perSecond(50),",
  },
  {
    id: "TKT-1.6",
    change: "one client may have 300 connections",
    file: `${product}/components.ts`,
    from: "burst: 60, connections: 30 }",
    to: "burst: 60, connections: 300 }",
  },
  {
    id: "TKT-2.1",
    change: "hosts ask another clock",
    file: "constructs/network/vpc.ts",
    from: "169.254.169.123",
    to: "192.0.2.1",
  },
  {
    id: "TKT-2.2",
    change: "the web hosts reach the internet",
    file: `${product}.ts`,
    from: 'egress(worker, "api.telegram.org"',
    to: 'egress(api, "api.telegram.org"',
  },
  {
    id: "TKT-2.6",
    change: "central administrators need no second factor",
    file: `${product}/components.ts`,
    from: '"central_admin,admin"',
    to: '"admin"',
  },
  {
    id: "TKT-3.2",
    change: "the audit trail is sealed once a day",
    file: `${product}/operations.ts`,
    from: "const hourly = { schedule: everyMinutes(60)",
    to: 'const hourly = { schedule: daily("05:00")',
  },
  {
    id: "TKT-4.10",
    change: "no alert watches broken SLAs",
    file: `${product}/operations.ts`,
    from: 'above(worker, "sla-breaches", 0)',
    to: 'above(worker, "endpoints-down", 0)',
  },
  {
    id: "TKT-4.15",
    change: "a log group may forget after 14 days",
    file: "constructs/audit/log-group.ts",
    from: "30, 60, 90,",
    to: "14, 30, 60, 90,",
  },
  {
    id: "TKT-5.4",
    change: "a host takes requests for its credentials without a token",
    file: "constructs/compute/host.ts",
    from: 'httpTokens: "required"',
    to: 'httpTokens: "optional"',
  },
  {
    id: "TKT-5.5",
    change: "a flow is written at one end only",
    file: "constructs/network/connect.ts",
    from: 'if (from.kind === "group") {',
    to: 'if (from.kind === "group" && to.kind === "range") {',
  },
  {
    id: "TKT-5.6",
    change: "a load balancer hands on malformed headers",
    file: "constructs/edge/application-load-balancer.ts",
    from: "dropInvalidHeaderFields: true",
    to: "dropInvalidHeaderFields: false",
  },
  {
    id: "TKT-6.4",
    change: "sessions lie in the cache",
    file: `${product}/stores.ts`,
    from: 'durable: ["sessions", "rate limit counters"',
    to: 'durable: ["rate limit counters"',
  },
  {
    id: "TKT-7.2",
    change: "the database's log is shipped once an hour",
    file: `${product}/operations.ts`,
    from: "continuous: minutes(1)",
    to: "continuous: hours(1)",
  },
  {
    id: "TKT-7.3",
    change: "copies are kept for 29 days",
    file: `${product}/operations.ts`,
    from: "const keep = { for: days(30) };",
    to: "const keep = { for: days(29) };",
  },
  {
    id: "TKT-7.4",
    change: "versions of backups are not locked",
    file: "constructs/data/private-bucket.ts",
    from: "days: props.objectLock.days }",
    to: "days: 1 }",
  },
  {
    id: "TKT-7.6",
    change: "the environment file is not copied",
    file: `${product}/operations.ts`,
    from: 'paths: ["/opt/ticketing/.env", "/etc/nginx',
    to: 'paths: ["/etc/nginx',
  },
];
