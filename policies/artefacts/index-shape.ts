import { isObject, type Json } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { nameOf } from "./parse.ts";

/** What a value must be; a list is of the one shape that is given. */
type Shape = Plain | readonly [Shape] | { readonly fields: readonly Field[] };
type Plain = "text" | "number" | "port" | RegExp;

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly shape: Shape;
}

/** An object; names that end in `?` may be missing. */
const object = (shapes: Readonly<Record<string, Shape>>): Shape => ({
  fields: Object.entries(shapes).map(([name, shape]) => ({
    ...{ name: name.replace(/\?$/, ""), isOptional: name.endsWith("?"), shape },
  })),
});

const PROTOCOL = /^(?:tcp|udp)$/;
const FLOW = object({
  ...{ id: "text", from: "text", to: "text", protocol: PROTOCOL, transport: "text", why: "text", origin: "text" },
  ports: ["port"],
});
const PART = object({
  ...{ name: "text", kind: "text", why: "text" },
  ports: [object({ name: "text", port: "port", protocol: PROTOCOL, transport: "text", purpose: "text" })],
  hosts: [object({ name: "text", zone: "text", subnet: "text", address: "text", domain: "text", machine: "text" })],
});
const ENTRYPOINT = object({
  ...{ name: "text", kind: "text", host: "text", audience: "text", to: "text", port: "port", health: "text" },
  ...{ minimumTls: "text", loadBalancer: "text", "signedPaths?": ["text"], "hiddenPaths?": ["text"] },
  "cachedPaths?": [object({ paths: ["text"], seconds: "number" })],
  "narrowedPaths?": [object({ paths: ["text"], audience: /^(?:clients|admins)$/ })],
  "limits?": [object({ paths: ["text"], requests: "number", seconds: "number" })],
});
const SECRET = object({
  ...{ name: "text", fullName: "text", why: "text", rotation: "text", rotationDays: "number", consumers: ["text"] },
});
const BACKUP = object({
  ...{ name: "text", of: "text", runner: "text", by: "text", material: "text", keepDays: "number", lockDays: "number" },
  ...{ recoveryPointSeconds: "number", recoveryTimeSeconds: "number" },
});
const SERVICE = object({
  ...{ name: "text", components: [PART], stores: [PART], entrypoints: [ENTRYPOINT], flows: [FLOW] },
  egress: [object({ from: "text", sources: ["text"], domain: "text", port: "port", why: "text" })],
  ...{ secrets: [SECRET], backups: [BACKUP] },
});
const ENVIRONMENT = object({
  ...{ name: "text", account: "text", region: "text", copyRegion: "text", cidr: "text", zones: ["text"] },
  ...{ "repository?": "text", "issuers?": ["text"], domain: object({ public: "text", private: "text" }) },
  ...{ ranges: object({ clients: ["text"], admins: ["text"] }), "lock?": /^(?:COMPLIANCE|GOVERNANCE)$/ },
  "signingKeys?": ["text"],
  "logs?": object({ keepSeconds: "number", archiveSeconds: "number" }),
  subnets: [object({ name: "text", tier: "text", zone: "text", cidr: "text", "service?": "text" })],
  ...{ stacks: [object({ name: "text", resources: "number" })], flows: [FLOW], services: [SERVICE] },
});
const INDEX = object({
  "services?": [object({ name: "text", "logs?": object({ keepSeconds: "number", auditSeconds: "number" }) })],
  "weakerChoices?": [object({ path: "text", reason: "text", until: "text" })],
  environments: [ENVIRONMENT],
});

/**
 * Throws ArtefactError for an index that has not what policies read of it: what is missing would pass as not declared. What
 * else it has is the matter of its maker, who judges it by its schema.
 */
export function refuseOddIndex(index: Json, path: string): void {
  const fault = faultOf(index, INDEX);
  if (fault === undefined) return;
  const way = fault.way.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  throw new ArtefactError(`${path}: ${way.replace(/^\./, "")} must be ${fault.must}, got ${nameOf(fault.got)}`);
}

/** What is wrong first, and the way to it. */
interface Fault {
  readonly way: readonly (string | number)[];
  readonly must: string;
  readonly got: Json | undefined;
}

function faultOf(got: Json | undefined, shape: Shape): Fault | undefined {
  if (Array.isArray(shape)) return faultOfList(got, shape[0]);
  if (typeof shape === "object" && "fields" in shape) return faultOfObject(got, shape.fields);
  const must = wantedBy(shape as Plain, got);
  return must === undefined ? undefined : { way: [], must, got };
}

function faultOfList(got: Json | undefined, shape: Shape): Fault | undefined {
  if (!Array.isArray(got)) return { way: [], must: "a list", got };
  for (const [at, each] of (got as readonly Json[]).entries()) {
    const fault = faultOf(each, shape);
    if (fault !== undefined) return { ...fault, way: [at, ...fault.way] };
  }
  return undefined;
}

function faultOfObject(got: Json | undefined, fields: readonly Field[]): Fault | undefined {
  if (!isObject(got)) return { way: [], must: "an object", got };
  for (const { name, isOptional, shape } of fields) {
    const value = got[name];
    const fault = isOptional && value === undefined ? undefined : faultOf(value, shape);
    if (fault !== undefined) return { ...fault, way: [name, ...fault.way] };
  }
  return undefined;
}

/** What a value must be that is not. */
function wantedBy(shape: Plain, got: Json | undefined): string | undefined {
  if (shape === "text") return typeof got === "string" && got !== "" ? undefined : "a text";
  if (shape instanceof RegExp) return typeof got === "string" && shape.test(got) ? undefined : `as ${shape.source}`;
  if (typeof got !== "number" || !Number.isInteger(got) || got < 0) return "a whole number from 0";
  return shape === "port" && (got < 1 || got > 65_535) ? "a port from 1 to 65535" : undefined;
}
