import type { CountedRule, Entrypoint, HeaderPolicy, PassThrough, Route, Web } from "../../schema/entrypoint.ts";
import type { Listener } from "../../schema/listener.ts";
import type { Rotation, Secret } from "../../schema/secret.ts";
import type { Rate } from "../../schema/units.ts";
import type { Reference, Template } from "../../schema/value.ts";
import { byClass, byRule } from "../label.ts";
import {
  anyText,
  choice,
  dictionary,
  either,
  flag,
  list,
  optional,
  positive,
  record,
  type Shape,
  texts,
  time,
  union,
  whole,
  words,
} from "../shape.ts";
import { dnsLabel, key, name } from "./texts.ts";

/** Listeners, secrets, entrypoints, and the values that refer to them. */

const methods = choice("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
const audience = choice("internet", "clients", "admins");
const bytes = positive();

export const listener: Shape = record<Listener>({
  owner: words,
  name: words,
  port: whole(1, 65_535),
  protocol: choice("tcp", "udp"),
  transport: choice("tls", "mtls", "starttls", "loopback", "link-local"),
  purpose: choice("service", "peer", "metrics"),
  speaks: optional(choice("http")),
});

const rotation = union("by", {
  platform: record<Extract<Rotation, { by: "platform" }>>({ by: words, every: time, overlap: time }),
  runbook: record<Extract<Rotation, { by: "runbook" }>>({ by: words, every: time, runbook: name }),
  versioning: record<Extract<Rotation, { by: "versioning" }>>({ by: words, every: time }),
});
export const secret: Shape = record<Secret>({
  kind: choice("secret"),
  name,
  why: words,
  rotation,
  readers: optional(texts()),
});

/** The bucket a value or a cache refers to: its name is enough. */
const bucket = record<{ readonly kind: "objects"; readonly name: string }>({ kind: choice("objects"), name });
/** The database whose administrator a value refers to. */
const managed = record<{ readonly kind: "managed-postgres"; readonly name: string }>({
  kind: choice("managed-postgres"),
  name,
});
const nameless = () => undefined;

const route = record<Route>({
  class: name,
  paths: texts(words, 1),
  rate: record<Rate>({ requests: whole(1), per: time }),
  burst: whole(0),
  connections: whole(1),
  body: optional(bytes),
  audience: optional(audience),
  methods: optional(list(methods, nameless, 1)),
  to: optional(listener),
});
const byApplication = record<{ readonly byApplication: string }>({ byApplication: words });
const headers = record<HeaderPolicy>({
  hsts: time,
  frameOptions: choice("DENY", "SAMEORIGIN"),
  contentSecurityPolicy: (value, ...where) => (typeof value === "object" ? byApplication : words)(value, ...where),
  contentTypeOptions: choice("nosniff"),
  referrerPolicy: choice("no-referrer", "strict-origin-when-cross-origin"),
});
const counted = record<CountedRule>({ group: choice("common", "sql"), rule: words, reason: words, until: words });
const cached = record<Web["cached"][number]>({
  paths: texts(words, 1),
  for: time,
  signed: flag,
  from: optional(bucket),
});
const shared = {
  name,
  why: words,
  host: dnsLabel,
  audience,
  to: listener,
  health: words,
  routes: list(route, byClass, 1),
  body: bytes,
  idle: time,
  minimumTls: choice("1.2", "1.3"),
};
export const entrypoint: Shape = union("kind", {
  web: record<Web>({
    ...shared,
    kind: words,
    via: choice("load-balancer", "cloudfront"),
    hidden: texts(),
    sticky: optional(time),
    headers,
    flood: whole(1),
    bots: flag,
    counted: list(counted, byRule),
    corsOrigins: texts(),
    errors: choice("json", "envelope-fa"),
    requestId: choice("keep-or-make", "keep"),
    cached: list(cached, nameless),
  }),
  "pass-through": record<PassThrough>({ ...shared, kind: words, clientAuthority: choice("broker") }),
} satisfies Record<Entrypoint["kind"], Shape>);

type Referring<Kind> = Extract<Reference, { kind: Kind }>;
const references = {
  secret,
  host: record<Referring<"host">>({ kind: words, of: listener }),
  members: record<Referring<"members">>({ kind: words, of: listener, separator: anyText }),
  origins: record<Referring<"origins">>({ kind: words, of: list(entrypoint) }),
  environment: record<Referring<"environment">>({ kind: words, fact: choice("name", "region", "domain") }),
  bucket: record<Referring<"bucket">>({ kind: words, of: bucket }),
  administrator: record<Referring<"administrator">>({ kind: words, of: managed }),
} satisfies Record<Reference["kind"] | "secret", Shape>;

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const part = either(isObject, union("kind", references), anyText);
const template = record<Template>({ kind: words, parts: list(part, nameless) });
const isScalar = (value: unknown) => typeof value === "boolean" || typeof value === "number";
const scalar: Shape = (value, path) =>
  typeof value !== "number" || Number.isFinite(value)
    ? []
    : [{ path, rule: "must be a finite number", got: String(value), unsound: false }];
const value = either(isScalar, scalar, either(isObject, union("kind", { ...references, template }), anyText));

/** Environment variables or configuration keys. */
export const values: Shape = dictionary(value, key);
