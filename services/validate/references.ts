import { endpoints } from "../platform.ts";
import type { Listener } from "../schema/listener.ts";
import type { Service } from "../schema/service.ts";
import type { Account, Store } from "../schema/store.ts";
import type { Value } from "../schema/value.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byAlert, byDomain, byFlow } from "./label.ts";
import { namedValues, piecesOf } from "./named-values.ts";
import { show, showNames } from "./show.ts";

/** Every reference leads to something that the service lists: the very object, not one of the same name. */

interface Named {
  readonly name: string;
}
interface Owner extends Named {
  readonly listens?: Readonly<Record<string, Listener>>;
}
type Look = (path: string, what: unknown) => readonly Fault[];

const nameOf = ({ name }: Named) => name;

/** Judges references to one list of the service. */
const listed =
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
const loggingIn =
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

interface Looks {
  readonly component: Look;
  readonly store: Look;
  readonly job: Look;
  readonly backup: Look;
  readonly secret: Look;
  readonly entrypoint: Look;
  readonly listener: Look;
}

const looksOf = (service: Service): Looks => ({
  component: listed(service, "component", service.components),
  store: listed(service, "store", service.stores),
  job: listed(service, "job", service.jobs),
  backup: listed(service, "backup", service.backups),
  secret: listed(service, "secret", service.secrets),
  entrypoint: listed(service, "entrypoint", service.entrypoints),
  listener: listening(service),
});

/** Judges something of one of several kinds. */
function anyOf(looks: Looks, path: string, what: { readonly kind: string }): readonly Fault[] {
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

function inValue(service: Service, looks: Looks, path: string, value: Value): readonly Fault[] {
  return piecesOf(value).flatMap((piece): readonly Fault[] => {
    if (typeof piece !== "object") return [];
    switch (piece.kind) {
      case "secret":
        return looks.secret(path, piece);
      case "host":
      case "members":
        return looks.listener(path, piece.of);
      case "origins":
        return piece.of.flatMap((entrypoint) => looks.entrypoint(path, entrypoint));
      case "bucket":
        return listed(service, "store", service.stores)(path, piece.of);
      default:
        return [];
    }
  });
}

function inOperations(service: Service, looks: Looks, at: (list: string, name: string) => string): readonly Fault[] {
  const anyLogin = loggingIn(service.stores, `a store that ${service.name} lists`);
  return [
    ...service.jobs.flatMap((job) => {
      const path = at("jobs", job.name);
      return [
        ...looks.component(`${path}/on`, job.on),
        ...(job.after === undefined ? [] : anyOf(looks, `${path}/after`, job.after)),
        ...(job.verifies === undefined ? [] : looks.backup(`${path}/verifies`, job.verifies)),
        ...anyLogin(`${path}/account`, job.account),
      ];
    }),
    ...service.backups.flatMap((backup) => {
      const path = at("backups", backup.name);
      const ofStore = "kind" in backup.of;
      return [
        ...("kind" in backup.of
          ? looks.store(`${path}/of`, backup.of)
          : looks.component(`${path}/of/on`, backup.of.on)),
        ...(backup.job === undefined ? [] : looks.job(`${path}/job`, backup.job)),
        ...(ofStore
          ? loggingIn([backup.of as Store], (backup.of as Store).name)(`${path}/account`, backup.account)
          : anyLogin(`${path}/account`, backup.account)),
      ];
    }),
    ...service.alerts.flatMap((alert) =>
      anyOf(looks, `${at("alerts", byAlert(alert) ?? alert.name)}/condition/on`, alert.condition.on),
    ),
    ...service.tracing.flatMap((component) => looks.component(at("tracing", component.name), component)),
    ...service.objectives.flatMap(({ name, on }) => looks.entrypoint(`${at("objectives", name)}/on`, on)),
  ];
}

function inTraffic(service: Service, looks: Looks, at: (list: string, name: string) => string): readonly Fault[] {
  return [
    ...service.entrypoints.flatMap(({ name, to, routes }) => [
      ...looks.listener(`${at("entrypoints", name)}/to`, to),
      ...routes.flatMap((route) =>
        route.to === undefined ? [] : looks.listener(`${at("entrypoints", name)}/routes/${route.class}/to`, route.to),
      ),
    ]),
    ...service.flows.flatMap((flow) => {
      const path = at("flows", byFlow(flow) ?? "?");
      return [...anyOf(looks, `${path}/from`, flow.from), ...looks.listener(`${path}/to`, flow.to)];
    }),
    ...service.egress.flatMap((egress) => anyOf(looks, `${at("egress", byDomain(egress) ?? "?")}/from`, egress.from)),
    ...service.access.flatMap(({ from, to, prefix }) => [
      ...anyOf(looks, `${at("access", from.name)}/from`, from),
      ...looks.store(`${at("access", from.name)}/to`, to),
      ...unless(
        Object.hasOwn(to.prefixes, prefix),
        `${at("access", from.name)}/prefix`,
        `must be a prefix of ${to.name}: ${showNames(Object.keys(to.prefixes))}`,
        show(prefix),
      ),
    ]),
  ];
}

export const references: Check = ({ services }) =>
  services.flatMap((service) => {
    const looks = looksOf(service);
    const at = (list: string, name: string) => `${service.name}/${list}/${name}`;
    return [
      ...service.stores.flatMap((store) => [
        ...("on" in store ? looks.component(`${at("stores", store.name)}/on`, store.on) : []),
        ...("accounts" in store ? Object.entries(store.accounts) : []).flatMap(([login, { password }]) =>
          looks.secret(`${at("stores", store.name)}/accounts/${login}/password`, password),
        ),
      ]),
      ...inTraffic(service, looks, at),
      ...inOperations(service, looks, at),
      ...namedValues(service).flatMap(({ path, value }) => inValue(service, looks, path, value)),
      // A copy under another name would still point at the original.
      ...[...service.components, ...service.stores].flatMap((owner: Owner) =>
        Object.values(owner.listens ?? {}).flatMap((listener) =>
          unless(
            listener.owner === owner.name,
            `${service.name}/${owner.name}/listens/${listener.name}/owner`,
            `must be ${show(owner.name)}`,
            show(listener.owner),
          ),
        ),
      ),
    ];
  });
