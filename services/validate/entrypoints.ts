import type { Entrypoint, HeaderPolicy, Web } from "../schema/entrypoint.ts";
import type { Service } from "../schema/service.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { reasoned } from "./flows.ts";
import { routeFaults } from "./routes.ts";
import { show, showNames, showTime } from "./show.ts";

/** The ways in: TLS throughout, limits on every path, headers nobody weakened. */

const YEAR = 365 * 86_400;
/** Requests in five minutes that AWS WAF can count to. */
const FLOOD = { least: 10, most: 2_000_000_000 } as const;
/** Idle seconds that load balancers take: application, network; CloudFront waits at most a minute without a quota. */
const IDLE = {
  web: { least: 1, most: 4_000 },
  cloudfront: { least: 10, most: 60 },
  "pass-through": { least: 60, most: 6_000 },
} as const;
/** A load balancer has no certificate to show; what is passed through brings the client's own; the edge shows its own. */
const ends = (service: Service, { kind, to: target, routes }: Entrypoint, path: string): readonly Fault[] =>
  [
    { to: target, where: `${path}/to`, encrypted: kind === "web" ? ["tls"] : ["mtls"] },
    ...routes.flatMap(({ class: label, to }) =>
      to === undefined ? [] : [{ to, where: `${path}/routes/${label}/to`, encrypted: ["tls", "mtls"] }],
    ),
  ].flatMap(({ to, where, encrypted }) => {
    const got = `${to.owner}/${to.name} (${to.protocol}, ${to.transport}, ${to.purpose})`;
    return [
      ...unless(encrypted.includes(to.transport), where, `must be a listener with ${encrypted.join(" or ")}`, got),
      ...unless(
        to.purpose === "service",
        where,
        "must be a listener for callers: metrics and peer ports have no way in",
        got,
      ),
      ...unless(to.protocol === "tcp", where, "must be a TCP listener", got),
      ...unless(kind !== "web" || to.speaks === "http", where, "must be a listener that speaks HTTP", got),
      ...unless(
        !service.stores.some(({ name }) => name === to.owner),
        where,
        "must belong to a component: stores have no way in (NOD-5.3)",
        got,
      ),
    ];
  });

/** Directives of a content security policy by name. */
const directives = (policy: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policy
      .split(";")
      .map((each) => each.trim().toLowerCase().split(/\s+/))
      .map(([name, ...sources]) => [name ?? "", sources]),
  );

function headers(path: string, { hsts, contentSecurityPolicy }: HeaderPolicy): readonly Fault[] {
  const lasting = unless(hsts >= YEAR, `${path}/hsts`, "must be >= 365 days (NOD-1.5)", showTime(hsts));
  if (typeof contentSecurityPolicy !== "string") return lasting;
  const policy = directives(contentSecurityPolicy);
  const scripts = policy.get("script-src") ?? policy.get("default-src") ?? [];
  const loose = scripts.filter((each) =>
    ["*", "'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "data:"].includes(each),
  );
  const missing = ["default-src", "frame-ancestors"].filter((each) => !policy.has(each));
  return [
    ...lasting,
    ...unless(
      missing.length === 0,
      `${path}/contentSecurityPolicy`,
      "must have default-src and frame-ancestors (NOD-1.7)",
      `none for ${showNames(missing)}`,
    ),
    ...unless(
      loose.length === 0,
      `${path}/contentSecurityPolicy`,
      "must not let scripts from anywhere run (NOD-1.7)",
      showNames(loose),
    ),
  ];
}

/** An origin and nothing more: `https://tickets.example.org`. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && !text.includes("*") && text.startsWith("https://") && new URL(text).origin === text;
}

function ofWeb(service: Service, path: string, web: Web): readonly Fault[] {
  const buckets = service.stores.filter(({ kind }) => kind === "objects").map(({ name }) => name);
  return [
    ...headers(`${path}/headers`, web.headers),
    ...unless(
      ["/metrics", "/metrics/*"].every((each) => web.hidden.includes(each)) || web.hidden.includes("/metrics*"),
      `${path}/hidden`,
      'must hide "/metrics" and "/metrics/*" (ALC-SEC.2)',
      showNames(web.hidden),
    ),
    ...unless(
      web.flood >= FLOOD.least && web.flood <= FLOOD.most,
      `${path}/flood`,
      `must be from ${FLOOD.least} to ${FLOOD.most}: AWS WAF counts no others`,
      show(web.flood),
    ),
    ...web.routes.flatMap(({ class: route, rate }) =>
      unless(
        !(web.flood < (rate.requests / rate.per) * 300),
        `${path}/flood`,
        `must not refuse what route ${route} permits in five minutes, ${Math.ceil((rate.requests / rate.per) * 300)}`,
        show(web.flood),
      ),
    ),
    ...web.routes.flatMap(({ class: route, audience, methods }) =>
      unless(
        audience === undefined || methods === undefined,
        `${path}/routes/${route}/methods`,
        "must be absent beside an audience: other methods would fall to a wider route",
        `${methods?.join(", ")}`,
      ),
    ),
    ...web.corsOrigins.flatMap((origin, index) =>
      unless(
        isOrigin(origin),
        `${path}/corsOrigins/#${index}`,
        "must be an https origin without path or * (ALC-7.5)",
        show(origin),
      ),
    ),
    ...web.cached.flatMap(({ from }, index) => [
      ...unless(
        web.via === "cloudfront",
        `${path}/cached/#${index}`,
        "must be absent unless via is cloudfront: a load balancer keeps no answers",
        show(web.via),
      ),
      ...unless(
        from === undefined || buckets.includes(from.name),
        `${path}/cached/#${index}/from`,
        `must be a bucket that ${service.name} lists: ${showNames(buckets)}`,
        show(from?.name),
      ),
    ]),
  ];
}

function entry(service: Service, entrypoint: Entrypoint): readonly Fault[] {
  const path = `${service.name}/entrypoints/${entrypoint.name}`;
  const { health, idle } = entrypoint;
  const behindCdn = entrypoint.kind === "web" && entrypoint.via === "cloudfront";
  const { least, most } = IDLE[behindCdn ? "cloudfront" : entrypoint.kind];
  const target = service.components.find(({ name }) => name === entrypoint.to.owner);
  return [
    ...reasoned(path, entrypoint.why),
    ...ends(service, entrypoint, path),
    ...unless(/^\/\S*$/.test(health), `${path}/health`, 'must be a path that begins with "/"', show(health)),
    ...unless(
      Number.isInteger(idle) && idle >= least && idle <= most,
      `${path}/idle`,
      `must be from ${least} to ${most} whole seconds: ${behindCdn ? "CloudFront" : "the load balancer"} takes no others`,
      showTime(idle),
    ),
    ...unless(
      target === undefined || target.longestRequest < idle || entrypoint.kind === "pass-through",
      `${path}/idle`,
      `must be longer than the longest request of ${target?.name} (${showTime(target?.longestRequest ?? 0)})`,
      showTime(idle),
    ),
    ...routeFaults(path, entrypoint),
    ...(entrypoint.kind === "web"
      ? ofWeb(service, path, entrypoint)
      : unless(
          entrypoint.audience !== "internet",
          `${path}/audience`,
          'must be "clients" or "admins": what is passed through is open to known ranges only (BRK-3.1, BRK-SEC.9)',
          show(entrypoint.audience),
        )),
  ];
}

/** Addresses are signed with a key of the environment. */
const signers: Check = ({ services, environments }) =>
  environments.flatMap(({ name, cdnKeys }) =>
    services.flatMap((service) =>
      service.entrypoints.flatMap((entrypoint) =>
        unless(
          cdnKeys.length > 0 || entrypoint.kind !== "web" || !entrypoint.cached.some(({ signed }) => signed),
          `environments/${name}/cdnKeys`,
          `must hold a key: ${service.name}/${entrypoint.name} has signed addresses`,
          "none",
        ),
      ),
    ),
  );

export const entrypoints: Check = (catalogue) => [
  ...catalogue.services.flatMap((service) => service.entrypoints.flatMap((entrypoint) => entry(service, entrypoint))),
  ...signers(catalogue),
];
