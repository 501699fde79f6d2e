import type { Listener } from "./listener.ts";
import { type Acceptance, type Bytes, type Duration, minutes, type Rate } from "./units.ts";

/** Who may reach an entrypoint: everybody, or the ranges of that name in the environment. */
export type Audience = "internet" | "clients" | "admins";

/** Response headers the edge sets, also on answers of its own. */
export interface HeaderPolicy {
  /** Strict-Transport-Security max-age; subdomains included. */
  readonly hsts: Duration;
  readonly frameOptions: "DENY" | "SAMEORIGIN";
  /** The policy, or why the application sends its own: with a nonce for each answer, which no edge can know. */
  readonly contentSecurityPolicy: string | { readonly byApplication: string };
  readonly contentTypeOptions: "nosniff";
  readonly referrerPolicy: "no-referrer" | "strict-origin-when-cross-origin";
}

/** Our default for every web entrypoint (NOD-1.5..1.7, ALC-7.2..7.4). */
export const strictHeaders: HeaderPolicy = {
  hsts: (365 * 86_400) as Duration,
  frameOptions: "DENY",
  contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'",
  contentTypeOptions: "nosniff",
  referrerPolicy: "no-referrer",
};

/** Limits of one class of paths, per client address. First match wins. */
export interface Route {
  /** Label in logs and metrics. */
  readonly class: string;
  /** `/api/auth/*` style patterns. */
  readonly paths: readonly string[];
  readonly rate: Rate;
  /** Requests above the rate that are let through at once. */
  readonly burst: number;
  /** Parallel connections of one client. */
  readonly connections: number;
  /** Largest body; the entrypoint's limit unless stated. */
  readonly body?: Bytes;
  /** Absent: whoever reaches the entrypoint. */
  readonly audience?: Audience;
  readonly methods?: readonly string[];
  /** Where the edge hands these requests on, for an edge with several components behind it. */
  readonly to?: Listener;
}

/** A managed rule of the web firewall that only counts, because it would block what is legitimate here. */
export interface CountedRule extends Acceptance {
  readonly group: "common" | "sql";
  /** Exact name at AWS: `CrossSiteScripting_BODY`. */
  readonly rule: string;
}

/** `countsOnly("sql", "SQLi_BODY", "tickets hold statements", "2027-06-30")` */
export const countsOnly = (group: CountedRule["group"], rule: string, reason: string, until: string): CountedRule => ({
  group,
  rule,
  reason,
  until,
});

/** HTTPS for people and programs, by a load balancer with WAF; 80 only redirects. */
export interface Web {
  readonly kind: "web";
  readonly name: string;
  readonly why: string;
  /** Label under the environment's public domain. */
  readonly host: string;
  readonly audience: Audience;
  readonly via: "load-balancer" | "cloudfront";
  readonly to: Listener;
  readonly health: string;
  readonly routes: readonly Route[];
  /** Answered 404 at the edge for everybody. */
  readonly hidden: readonly string[];
  readonly body: Bytes;
  readonly idle: Duration;
  /** Where sessions live on each host: a client comes back to its host for so long. Absent: any target answers. */
  readonly sticky?: Duration;
  readonly minimumTls: "1.2" | "1.3";
  readonly headers: HeaderPolicy;
  /** Requests per five minutes and address before the WAF blocks: the coarse outer limit. */
  readonly flood: number;
  readonly bots: boolean;
  readonly counted: readonly CountedRule[];
  /** Origins that browsers may call from; empty: none. */
  readonly corsOrigins: readonly string[];
  /** How the edge writes its own errors. */
  readonly errors: "json" | "envelope-fa";
  /** The client's X-Request-ID is kept; one is made where it is absent, unless the application makes it. */
  readonly requestId: "keep-or-make" | "keep";
  /** Paths whose answers the CDN may keep; signed where they hold personal data. */
  readonly cached: readonly {
    readonly paths: readonly string[];
    readonly for: Duration;
    readonly signed: boolean;
    /**
     * Bucket that the CDN reads these paths from, path = key; absent: the entrypoint's target.
     * Strangers' files on the site's own origin: always as a download, in a sandbox, never as a page.
     */
    readonly from?: { readonly kind: "objects"; readonly name: string };
  }[];
}

/** TCP handed through unopened: TLS and the client's certificate are checked on the host, where a path of no route is answered 404. */
export interface PassThrough {
  readonly kind: "pass-through";
  readonly name: string;
  readonly why: string;
  readonly host: string;
  readonly audience: Audience;
  readonly to: Listener;
  readonly health: string;
  readonly routes: readonly Route[];
  readonly body: Bytes;
  readonly idle: Duration;
  readonly clientAuthority: "broker";
  readonly minimumTls: "1.2" | "1.3";
}

export type Entrypoint = Web | PassThrough;

type WebDefaults =
  | "audience"
  | "via"
  | "hidden"
  | "idle"
  | "minimumTls"
  | "headers"
  | "flood"
  | "bots"
  | "counted"
  | "corsOrigins"
  | "errors"
  | "requestId"
  | "cached";

/** What the widest route lets one client do in five minutes: the outer limit must not refuse what the inner permits. */
const widest = (routes: readonly Route[]): number =>
  Math.ceil(300 * Math.max(...routes.map(({ rate }) => rate.requests / rate.per)));

/** Defaults: internet, load balancer, `/metrics` and all below it hidden, idle 60 s, TLS 1.2 or newer, strict headers, every managed rule blocks, no CORS, no cache. */
export const web = (
  name: string,
  given: Omit<Web, "kind" | "name" | WebDefaults> & Partial<Pick<Web, WebDefaults>>,
): Web => ({
  ...given,
  kind: "web",
  name,
  audience: given.audience ?? "internet",
  via: given.via ?? "load-balancer",
  hidden: given.hidden ?? ["/metrics", "/metrics/*"],
  idle: given.idle ?? minutes(1),
  minimumTls: given.minimumTls ?? "1.2",
  headers: given.headers ?? strictHeaders,
  flood: given.flood ?? widest(given.routes),
  bots: given.bots ?? false,
  counted: given.counted ?? [],
  corsOrigins: given.corsOrigins ?? [],
  errors: given.errors ?? "json",
  requestId: given.requestId ?? "keep-or-make",
  cached: given.cached ?? [],
});

export const passThrough = (
  name: string,
  given: Omit<PassThrough, "kind" | "name" | "minimumTls"> & Partial<Pick<PassThrough, "minimumTls">>,
): PassThrough => ({ ...given, kind: "pass-through", name, minimumTls: given.minimumTls ?? "1.2" });
