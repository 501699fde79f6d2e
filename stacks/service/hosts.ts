import { Host } from "../../constructs/compute/host.ts";
import { AddressRecord } from "../../constructs/edge/dns-record.ts";
import { InstanceRole } from "../../constructs/identity/instance-role.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { groupDomain, resourceName, serviceDomain } from "../../services/names.ts";
import type { Host as PlannedHost } from "../../services/resolve.ts";
import { named } from "../outputs.ts";
import { agentPackage } from "../packages.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";

/** A component or store that stands on hosts. */
interface HostGroup {
  readonly name: string;
  readonly why: string;
}

/** What other parts of the service build on. */
export interface MadeHosts {
  readonly roleArn: string;
  readonly hosts: readonly Host[];
}

/** The hosts of one group: their role, each host with its volume, and one name for all of them. */
export function makeHosts(
  context: ServiceContext,
  groups: Groups,
  group: HostGroup,
  statements: readonly Statement[],
): MadeHosts {
  const { stack, resolved, audit, network, vault, alarmTopicArn } = context;
  const { service, environment } = resolved;
  const domain = serviceDomain(environment, service);
  const role = new InstanceRole(stack, `${group.name}-role`, {
    name: resourceName(environment, service.code, group.name),
    description: group.why,
    agent: {
      region: environment.region,
      accountId: environment.account,
      package: agentPackage(environment),
      packageKeyArn: vault.packagesKeyArn,
      sessionKeyArn: audit.sessionKeyArn,
      sessionLogGroupArn: audit.sessionLogGroupArn,
    },
    statements,
  });
  const planned = resolved.hosts.filter((host) => host.group === group.name);
  const securityGroup = named(groups, `${service.name}/${group.name}`);
  const hosts = planned.map(
    (host) =>
      new Host(stack, host.name, {
        name: host.name,
        nameTag: host.tag,
        imageId: host.image,
        instanceType: host.machine,
        subnetId: named(network.subnetIds, host.subnet),
        availabilityZone: host.zone.name,
        privateAddress: host.address,
        securityGroupIds: [securityGroup.id],
        role,
        kmsKeyArn: context.dataKeyArn,
        stateful: host.dataGib !== undefined,
        zone: { id: network.privateZoneId, name: domain },
        alarmTopicArn,
        rootSizeGib: host.rootGib,
        dataVolumes: dataVolumes(context, host),
        ...(environment.unprotected === undefined
          ? {}
          : { terminationProtection: { enabled: false, ...environment.unprotected } as const }),
      }),
  );
  new AddressRecord(stack, `${group.name}-names`, {
    zoneId: network.privateZoneId,
    name: groupDomain(environment, service, group),
    addresses: planned.map(({ address }) => address),
  });
  return { roleArn: role.roleArn, hosts };
}

const dataVolumes = ({ resolved }: ServiceContext, { dataGib }: PlannedHost) =>
  dataGib === undefined
    ? []
    : [{ id: "data", sizeGib: dataGib, deviceName: "/dev/sdf", ...deletable(resolved.environment) } as const];
