import { endpoints } from "../platform.ts";
import type { Listener } from "../schema/listener.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import type { Account } from "../schema/stored.ts";
import { type Fault, unless } from "./fault.ts";
import { show, showNames } from "./show.ts";

/** Judges of single references: what they name must be listed, the very object and not one of the same name. */

interface Named {
  readonly name: string;
}
export interface Owner extends Named {
  readonly listens?: Readonly<Record<string, Listener>>;
}
type Look = (path: string, what: unknown) => readonly Fault[];

const nameOf = ({ name }: Named) => name;

/** Judges references to one list of the service. */
export const listed =
  (service: Service, kind: string, list: readonly Named[]): Look =>
  (path, what) =>
    unless(
      list.includes(what as Named),
      path,
      `must be ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} that ${service.name} lists: ${showNames(list.map(nameOf))}`,
      list.some(({ name }) => name === (what as Named).name)
        ? `another one with the name ${show((what as Named).name)}`
        : show((what as Named).name),
    );

/** A cache that is not wanted does not listen. */
const open = (owner: Owner): readonly Listener[] => {
  const all = "listens" in owner && owner.listens !== undefined ? Object.values(owner.listens) : [];
  const store = owner as Partial<Store>;
  return store.kind === "redis-sentinel" && store.cache === undefined
    ? all.filter(({ name }) => name !== "cache")
    : all;
};

/** Judges references to listeners, those of the platform's endpoints included. */
function listening(service: Service): Look {
  const owners: readonly Owner[] = [...service.components, ...service.stores];
  const own = new Set(owners.flatMap(open));
  const platform = new Set(Object.values(endpoints));
  return (path, what) => {
    const to = what as Listener;
    if (own.has(to) || platform.has(to)) return [];
    const owner = owners.find(({ name }) => name === to.owner);
    const rule =
      owner === undefined
        ? `must be a listener of what ${service.name} lists or of the platform's endpoints: ${showNames(owners.map(nameOf))}`
        : `must be a listener of ${owner.name}: ${showNames(open(owner).map(nameOf))}`;
    return [{ path, rule, got: `${to.owner}/${to.name}` }];
  };
}

const accountsOf = (store: Store): readonly Account[] => ("accounts" in store ? Object.values(store.accounts) : []);

/** Judges logins. */
export const loggingIn =
  (stores: readonly Store[], where: string) =>
  (path: string, account: Account | undefined): readonly Fault[] =>
    account === undefined
      ? []
      : unless(
          stores.flatMap(accountsOf).includes(account),
          path,
          `must be a login of ${where}`,
          `the login that may ${show(account.may)}`,
        );

export interface Looks {
  readonly component: Look;
  readonly store: Look;
  readonly job: Look;
  readonly backup: Look;
  readonly secret: Look;
  readonly entrypoint: Look;
  readonly listener: Look;
}

export const looksOf = (service: Service): Looks => ({
  component: listed(service, "component", service.components),
  store: listed(service, "store", service.stores),
  job: listed(service, "job", service.jobs),
  backup: listed(service, "backup", service.backups),
  secret: listed(service, "secret", service.secrets),
  entrypoint: listed(service, "entrypoint", service.entrypoints),
  listener: listening(service),
});

/** Judges something of one of several kinds. */
export function anyOf(looks: Looks, path: string, what: { readonly kind: string }): readonly Fault[] {
  switch (what.kind) {
    case "hosts":
    case "pods":
      return looks.component(path, what);
    case "job":
      return looks.job(path, what);
    case "backup":
      return looks.backup(path, what);
    case "secret":
      return looks.secret(path, what);
    case "web":
    case "pass-through":
      return looks.entrypoint(path, what);
    default:
      return looks.store(path, what);
  }
}
