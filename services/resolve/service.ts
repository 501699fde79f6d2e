import { resourceName } from "../names.ts";
import type { Entrypoint } from "../schema/entrypoint.ts";
import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import { backupsOf, type ResolvedBackup } from "./backups.ts";
import { egressOf, type ResolvedEgress } from "./egress.ts";
import type { ResolvedFlow } from "./flows/flow.ts";
import { flowsOf } from "./flows/index.ts";
import { type Host, hostGroups, hostsOf } from "./hosts.ts";
import { type ResolvedSecret, secretsOf } from "./secrets.ts";

/** An entrypoint with its names. */
export interface ResolvedEntrypoint {
  readonly entrypoint: Entrypoint;
  /** `tickets.example.org` */
  readonly hostName: string;
  /** Load balancer and target group: `prd-tkt-web`. */
  readonly resource: string;
}

/** A service in an environment: addresses, names and every flow worked out. */
export interface ResolvedService {
  readonly service: Service;
  readonly environment: Environment;
  readonly hosts: readonly Host[];
  readonly entrypoints: readonly ResolvedEntrypoint[];
  readonly flows: readonly ResolvedFlow[];
  readonly egress: readonly ResolvedEgress[];
  readonly secrets: readonly ResolvedSecret[];
  readonly backups: readonly ResolvedBackup[];
}

/** The one door of the catalogue: what a service is in an environment. Pure; the same input gives the same output. */
export const resolve = (service: Service, environment: Environment): ResolvedService => ({
  service,
  environment,
  hosts: hostGroups(service).flatMap((group) => hostsOf(environment, service, group)),
  entrypoints: service.entrypoints.map((entrypoint) => ({
    entrypoint,
    hostName: `${entrypoint.host}.${environment.domain.public}`,
    resource: resourceName(environment, service.code, entrypoint.name),
  })),
  flows: flowsOf(service),
  egress: egressOf(environment, service),
  secrets: secretsOf(environment, service),
  backups: backupsOf(service),
});
