import type { GroupPlace } from "../../../../ansible/inventory/role.ts";
import { pythonService } from "../../../../ansible/inventory/roles/python-service.ts";
import { catalogue } from "../../../../services/catalogue.ts";
import { hostGroups, resolveEstate } from "../../../../services/resolve.ts";

const [environment] = catalogue.environments;
if (environment === undefined) throw new Error("no environment");
const estate = resolveEstate(catalogue, environment);

/** A component or store of dev, where the role is asked about it. */
export function placeOf(service: string, group: string): GroupPlace {
  const resolved = estate.services.find((each) => each.service.name === service);
  const found = resolved && hostGroups(resolved.service).find(({ name }) => name === group);
  if (resolved === undefined || found === undefined) throw new Error(`${service}/${group} is not in the catalogue`);
  return { estate, resolved, group: found, hosts: resolved.hosts.filter((host) => host.group === group) };
}

interface Told {
  readonly python_service_python: string;
  readonly python_service_environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly python_service_files: readonly Readonly<Record<string, string>>[];
  readonly python_service_folders: readonly Readonly<Record<string, string>>[];
  readonly python_service_configurations: Readonly<Record<string, unknown>>;
  readonly python_service_secrets: Readonly<Record<string, string>>;
  readonly python_service_users: readonly { readonly name: string; readonly uid?: number }[];
  readonly python_service_units: readonly Readonly<Record<string, unknown>>[];
  readonly python_service_jobs: readonly Readonly<Record<string, unknown>>[];
  readonly python_service_targets: readonly Readonly<Record<string, unknown>>[];
}

/** What the role is told of a component, as Ansible reads it. */
export const told = (service: string, group: string): Told =>
  JSON.parse(JSON.stringify(pythonService.groupVars(placeOf(service, group))));

/** Names in an environment file, sorted. */
export const keysOf = (service: string, group: string, file: string): readonly string[] =>
  Object.keys(told(service, group).python_service_environments[file] ?? {}).toSorted();
