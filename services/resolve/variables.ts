import { bucketName, databaseParameter, groupDomain, podsDomain, secretName } from "../names.ts";
import type { Listener } from "../schema/listener.ts";
import type { Reference, Value } from "../schema/value.ts";
import { hostGroups } from "./hosts.ts";
import type { ResolvedService } from "./service.ts";

/** A piece of a value in one environment: text, or something that is fetched where the value is used. */
export type ResolvedPart =
  | { readonly kind: "text"; readonly text: string }
  /** In Secrets Manager, by its full name. */
  | { readonly kind: "secret"; readonly name: string; readonly fullName: string; readonly why: string }
  /** What only apply knows of a managed database, in Parameter Store under that name. */
  | {
      readonly kind: "after-apply";
      readonly database: string;
      readonly fact: "endpoint" | "administrator-secret";
      readonly parameter: string;
    };

/** Where a listener on loopback is reached: not by a name, which may mean another protocol or a socket. */
const LOOPBACK = "127.0.0.1";

const text = (words: string): ResolvedPart => ({ kind: "text", text: words });

/** What a host name stands for: the hosts of a group, the pods of a component, or a database that apply names. */
function hostPart({ service, environment }: ResolvedService, { owner, transport }: Listener): ResolvedPart {
  if (transport === "loopback") return text(LOOPBACK);
  if (hostGroups(service).some(({ name }) => name === owner)) {
    return text(groupDomain(environment, service, { name: owner }));
  }
  if (service.components.some(({ name }) => name === owner)) return text(podsDomain(service, { name: owner }));
  if (service.stores.some(({ name, kind }) => name === owner && kind === "managed-postgres")) {
    return databasePart({ service, environment }, owner, "endpoint");
  }
  throw new Error(`${service.name}: no host name is known for ${owner}; allowed are its own components and stores`);
}

const databasePart = (
  { service, environment }: Pick<ResolvedService, "service" | "environment">,
  database: string,
  fact: "endpoint" | "administrator-secret",
): ResolvedPart => ({
  kind: "after-apply",
  database,
  fact,
  parameter: databaseParameter(environment, service, { name: database }, fact),
});

function members({ service, hosts }: ResolvedService, { owner, port }: Listener, separator: string): string {
  const found = hosts.filter(({ group }) => group === owner);
  if (found.length === 0) throw new Error(`${service.name}: ${owner} has no members; allowed are what stands on hosts`);
  return found.map(({ domain }) => `${domain}:${port}`).join(separator);
}

function origins({ service, entrypoints }: ResolvedService, names: readonly string[]): string {
  return names
    .map((name) => {
      const found = entrypoints.find(({ entrypoint }) => entrypoint.name === name);
      if (found === undefined) throw new Error(`${service.name}: no entrypoint "${name}"`);
      return `https://${found.hostName}`;
    })
    .join(",");
}

function referencePart(resolved: ResolvedService, reference: Reference): ResolvedPart {
  const { environment, service } = resolved;
  switch (reference.kind) {
    case "host":
      return hostPart(resolved, reference.of);
    case "members":
      return text(members(resolved, reference.of, reference.separator));
    case "origins":
      return text(
        origins(
          resolved,
          reference.of.map(({ name }) => name),
        ),
      );
    case "environment":
      return text(
        { name: environment.name, region: environment.region, domain: environment.domain.public }[reference.fact],
      );
    case "bucket":
      return text(bucketName(environment, service.code, reference.of.name));
    case "administrator":
      return databasePart(resolved, reference.of.name, "administrator-secret");
  }
}

/**
 * A value as an environment has it: references to what the catalogue knows become text, and neighbouring texts one.
 * Secrets and facts of apply stay what they are. Throws for a reference to what is not the service's own.
 */
export function resolveValue(resolved: ResolvedService, value: Value): readonly ResolvedPart[] {
  if (typeof value !== "object") return [text(String(value))];
  const parts = value.kind === "template" ? value.parts : [value];
  return joined(
    parts.map((part): ResolvedPart => {
      if (typeof part === "string") return text(part);
      if (part.kind !== "secret") return referencePart(resolved, part);
      const fullName = secretName(resolved.environment, resolved.service, part.name);
      return { kind: "secret", name: part.name, fullName, why: part.why };
    }),
  );
}

function joined(parts: readonly ResolvedPart[]): readonly ResolvedPart[] {
  const found: ResolvedPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.kind === "text" && last?.kind === "text") found.splice(-1, 1, text(last.text + part.text));
    else found.push(part);
  }
  return found;
}
