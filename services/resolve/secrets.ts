import { secretName } from "../names.ts";
import { valuesOf } from "../schema/component.ts";
import type { Environment } from "../schema/environment.ts";
import type { Rotation, Secret } from "../schema/secret.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import type { Accounts } from "../schema/stored.ts";
import { inDays } from "../schema/units.ts";
import type { Value } from "../schema/value.ts";
import { callerOf, callerParty } from "./flows/declared.ts";
import { partyOf } from "./flows/flow.ts";

/** A secret with its full name and everybody who reads it. */
export interface ResolvedSecret {
  readonly name: string;
  readonly fullName: string;
  readonly why: string;
  readonly rotation: Rotation["by"];
  readonly rotationDays: number;
  readonly consumers: readonly string[];
}

const accountsOf = (store: Store): Accounts => ("accounts" in store ? store.accounts : {});

/** Secrets that a value holds, templates opened. */
const secretsIn = (value: Value): readonly Secret[] => {
  if (typeof value !== "object") return [];
  if (value.kind === "secret") return [value];
  return value.kind === "template"
    ? value.parts.filter((part): part is Secret => typeof part === "object" && part.kind === "secret")
    : [];
};

const readBy = (values: readonly Value[], secret: Secret) => values.flatMap(secretsIn).includes(secret);

/** Parties that read a secret: components and jobs that name it, hosts of the stores whose login it is. */
function consumersOf(service: Service, secret: Secret): readonly string[] {
  const names = [
    ...service.components.filter((component) => readBy(valuesOf(component), secret)).map(({ name }) => name),
    // A managed database takes its logins from a job: AWS reads no secret of ours.
    ...service.stores
      .filter(({ kind }) => kind !== "managed-postgres")
      .filter((store) => Object.values(accountsOf(store)).some(({ password }) => password === secret))
      .map((store) => ("on" in store ? store.on.name : store.name)),
    ...service.jobs
      .filter((job) => job.account?.password === secret || readBy(Object.values(job.environment), secret))
      .map(callerOf),
  ].map((name) => partyOf(service, name));
  return [...new Set([...names, ...(secret.readers ?? [])])];
}

/** Names of the secrets whose age a party asks for. */
export const watchedBy = (service: Service, party: string): readonly string[] =>
  service.jobs
    .filter((job) => callerParty(service, job) === party)
    .flatMap(({ watches }) => watches ?? [])
    .map(({ name }) => name);

export const secretsOf = (environment: Environment, service: Service): readonly ResolvedSecret[] =>
  service.secrets.map((secret) => ({
    name: secret.name,
    fullName: secretName(environment, service, secret.name),
    why: secret.why,
    rotation: secret.rotation.by,
    rotationDays: inDays(secret.rotation.every),
    consumers: consumersOf(service, secret),
  }));
