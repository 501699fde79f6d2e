import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import type { Value } from "../schema/value.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byAlert, byDomain, byFlow } from "./label.ts";
import { anyOf, type Looks, listed, loggingIn, looksOf, type Owner } from "./looks.ts";
import { namedValues, piecesOf } from "./named-values.ts";
import { show, showNames } from "./show.ts";

/** Every reference leads to something that the service lists. */

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
      case "administrator":
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
        ...(job.watches ?? []).flatMap((each) => looks.secret(`${path}/watches/${each.name}`, each)),
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
