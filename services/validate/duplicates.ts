import type { Service } from "../schema/service.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byAlert, byDomain, byFlow } from "./label.ts";
import { show } from "./show.ts";

/** What must be unique: a second one of the same name would replace the first somewhere on the way to AWS. */

interface Claim {
  /** The name, number or id that is claimed. */
  readonly value: string;
  readonly path: string;
  /** How a reader knows the claimant. */
  readonly by: string;
}

/** A fault for every claim but the first. */
export function repeated(claims: readonly Claim[]): readonly Fault[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const holder = first.get(claim.value);
    if (holder === undefined) {
      first.set(claim.value, claim);
      return [];
    }
    return [{ path: claim.path, rule: "must be unique", got: `${show(claim.value)}, which ${holder.by} has` }];
  });
}

const named = (service: Service, list: string, names: readonly string[]): readonly Claim[] =>
  names.map((name) => ({ value: name, path: `${service.name}/${list}/${name}`, by: `${list}/${name}` }));
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

function within(service: Service): readonly Fault[] {
  const alone = ["secrets", "backups", "drills", "objectives"] as const;
  return [
    // One name space: each is a party of flows and a resource `<environment>-<code>-<name>`.
    ...repeated(
      (["components", "stores", "jobs", "entrypoints"] as const).flatMap((list) =>
        named(service, list, names(service[list])),
      ),
    ),
    ...alone.flatMap((list) => repeated(named(service, list, names(service[list])))),
    ...repeated(
      named(
        service,
        "alerts",
        service.alerts.map((alert) => byAlert(alert) ?? alert.name),
      ),
    ),
    ...repeated(
      named(
        service,
        "flows",
        service.flows.map((flow) => byFlow(flow) ?? "?"),
      ),
    ),
    ...repeated(
      named(
        service,
        "egress",
        service.egress.map((each) => byDomain(each) ?? "?"),
      ),
    ),
    ...service.components.flatMap((component) =>
      component.kind === "pods"
        ? []
        : repeated(
            component.units.map((unit) => ({
              value: unit.name,
              path: `${service.name}/components/${component.name}/units/${unit.name}`,
              by: `another unit of ${component.name}`,
            })),
          ),
    ),
    ...unless(
      !service.components.some(({ name }) => name === "nodes"),
      `${service.name}/components/nodes`,
      "must have another name: the machines under the pods are called so",
      show("nodes"),
    ),
  ];
}

export const duplicates: Check = ({ services, environments }) => [
  ...(["name", "code", "block"] as const).flatMap((field) =>
    repeated(
      services.map((service) => ({
        value: String(service[field]),
        path: `${service.name}/${field}`,
        by: service.name,
      })),
    ),
  ),
  ...(["name", "short", "account"] as const).flatMap((field) =>
    repeated(
      environments.map((environment) => ({
        value: environment[field],
        path: `environments/${environment.name}/${field}`,
        by: environment.name,
      })),
    ),
  ),
  ...(["public", "private"] as const).flatMap((field) =>
    repeated(
      environments.map(({ name, domain }) => ({
        value: domain[field],
        path: `environments/${name}/domain/${field}`,
        by: name,
      })),
    ),
  ),
  ...repeated(
    services.flatMap(({ name, entrypoints }) =>
      entrypoints.map((entrypoint) => ({
        value: entrypoint.host,
        path: `${name}/entrypoints/${entrypoint.name}/host`,
        by: `${name}/${entrypoint.name}`,
      })),
    ),
  ),
  ...services.flatMap(within),
];
