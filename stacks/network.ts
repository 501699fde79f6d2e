import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { type App, Fn } from "cdktf";
import { addOnRegistry } from "../constructs/cluster/add-on-registry.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { PrivateZone, PublicZone } from "../constructs/network/dns.ts";
import { DnsFirewall } from "../constructs/network/dns-firewall.ts";
import { Endpoints, endpointDomains } from "../constructs/network/endpoints.ts";
import { Firewall } from "../constructs/network/firewall.ts";
import { Nacls } from "../constructs/network/nacl.ts";
import { NatGateways } from "../constructs/network/nat.ts";
import { Routing } from "../constructs/network/routing.ts";
import { Subnets } from "../constructs/network/subnets.ts";
import type { Tier } from "../constructs/network/tiers.ts";
import { Vpc } from "../constructs/network/vpc.ts";
import { administrativeRole, PLATFORM, resourceName } from "../services/names.ts";
import { type EndpointGroup, endpointGroups } from "../services/platform.ts";
import type { Estate, SubnetName } from "../services/resolve.ts";
import type { Environment } from "../services/schema/environment.ts";
import { inDays } from "../services/schema/units.ts";
import type { auditStack } from "./audit.ts";
import { exported, imported, named } from "./outputs.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { deletable, globalProvider, guardians, newStack, type StackIdentity } from "./stack.ts";

const groups = Object.keys(endpointGroups) as EndpointGroup[];

/** The network that all services of an environment share: addresses, ways out, names. */
export function networkStack(app: App, estate: Estate, inputs: { readonly audit: ReturnType<typeof auditStack> }) {
  const { environment, network } = estate;
  const identity: StackIdentity = { environment, name: "network", owner: "platform", data: "internal" };
  const stack = newStack(app, identity);
  const audit = imported(stack, inputs.audit);
  const name = resourceName(environment, PLATFORM, "network");
  const zones = environment.zones;
  const gatewayLetters = network.gatewayZones.map(({ letter }): string => letter);

  const vpc = new Vpc(stack, "network", {
    name,
    cidr: environment.cidr,
    flowLog: { bucketArn: audit.networkLogBucketArn },
  });
  const subnets = new Subnets(stack, "subnets", {
    vpcId: vpc.id,
    vpcCidr: environment.cidr,
    namePrefix: name,
    zones,
    tierCidrs: network.tiers,
    subnets: network.subnets.map(({ zone, ...subnet }) => ({ ...subnet, zone: zone.letter })),
  });
  const gatewaySubnets = (tier: Tier) => subnets.ofTier(tier).filter(({ zone }) => gatewayLetters.includes(zone));
  new Nacls(stack, "acl", {
    vpcId: vpc.id,
    vpcCidr: environment.cidr,
    namePrefix: name,
    tierCidrs: network.tiers,
    subnets: subnets.all,
    flows: network.tierFlows.map(({ port, ...flow }) => ({ ...flow, ports: [port] })),
  });

  const nat = new NatGateways(stack, "nat", {
    namePrefix: name,
    subnets: gatewaySubnets("egress"),
    internetGateway: vpc.internetGateway,
    ...deletable(environment),
  });
  const firewall = new Firewall(stack, "firewall", {
    name,
    vpcId: vpc.id,
    vpcCidr: environment.cidr,
    zones,
    subnets: gatewaySubnets("firewall"),
    pairs: network.egress.map(({ from, ...pair }) => ({ ...pair, service: from })),
    kmsKeyArn: firewallKey(stack, environment),
    alertLog: { kind: "bucket", bucketName: audit.networkLogBucket, prefix: "firewall-alerts" },
    flowLog: { kind: "bucket", bucketName: audit.networkLogBucket, prefix: "firewall-flows" },
    ...deletable(environment),
  });
  new Routing(stack, "routes", {
    subnets: subnets.all,
    internetGatewayId: vpc.internetGateway.id,
    natIdByZone: nat.idByZone,
    firewallEndpointIdByZone: firewall.endpointIdByZone,
    egressServices: [...new Set(network.egress.map(({ service }) => service))],
  });

  const endpoints = new Endpoints(stack, "endpoints", {
    vpcId: vpc.id,
    namePrefix: name,
    region: environment.region,
    accountId: environment.account,
    registryAccountIds: [addOnRegistry(environment.region)],
    subnets: gatewaySubnets("endpoints"),
    interfaces: groups.flatMap((group) =>
      endpointGroups[group].map((service) => ({
        service,
        group,
        addresses: network.endpointAddresses[service],
      })),
    ),
  });

  const global = globalProvider(stack, identity);
  const privateZone = new PrivateZone(stack, "private", {
    domain: environment.domain.private,
    vpcId: vpc.id,
    ...deletable(environment),
  });
  const publicZone = new PublicZone(stack, "public", {
    domain: environment.domain.public,
    global,
    accountId: environment.account,
    incidentMail: environment.alarmMail,
    queryLog: { retentionDays: inDays(environment.logs.keep), kmsKeyArn: queryLogKey(stack, environment, global) },
    ...deletable(environment),
  });
  new DnsFirewall(stack, "dns", {
    name,
    vpcId: vpc.id,
    allowedDomains: resolvable(estate),
    queryLogArn: audit.networkLogBucketArn,
    ...deletable(environment),
  });

  return exported(stack, environment, "network", {
    vpcId: vpc.id,
    subnetIds: subnets.idsByName as Readonly<Record<SubnetName, string>>,
    storageEndpointId: named(endpoints.idByService, "s3"),
    endpointGroupIds: Object.fromEntries(groups.map((group) => [group, named(endpoints.groups, group).id])) as Readonly<
      Record<EndpointGroup, string>
    >,
    privateZoneId: privateZone.id,
    publicZoneId: publicZone.id,
    publicNameServers: Fn.join(", ", publicZone.nameServers),
    natGatewayIds: Object.fromEntries(nat.idByZone),
  });
}

/** Every name that anything in the VPC may ask for. */
const resolvable = ({ environment, network }: Estate): readonly string[] => [
  ...network.egress.map(({ domain }) => domain),
  environment.domain.public,
  `*.${environment.domain.public}`,
  environment.domain.private,
  `*.${environment.domain.private}`,
  ...groups.flatMap((group) =>
    endpointGroups[group].flatMap((service) => endpointDomains(service, environment.region)),
  ),
  // The cluster's API, whose name only AWS knows before apply.
  `*.${environment.region}.eks.amazonaws.com`,
  // Mount targets and databases have names that only AWS knows before apply.
  `*.efs.${environment.region}.amazonaws.com`,
  `*.${environment.region}.rds.amazonaws.com`,
  // The name that AWS gives an instance: what asks for its own host name waits or fails without an answer.
  environment.region === "us-east-1" ? "*.ec2.internal" : `*.${environment.region}.compute.internal`,
];

const firewallKey = (stack: PlatformStack, environment: Environment): string =>
  new EncryptionKey(stack, "firewall-key", {
    aliasName: resourceName(environment, PLATFORM, "firewall"),
    description: "Rules of the network firewall",
    accountId: environment.account,
    region: environment.region,
    userArns: [],
    grantorArns: [administrativeRole(environment, "apply"), administrativeRole(environment, "break-glass")],
    usedThrough: ["network-firewall"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;

/** Route 53 logs the queries of public zones to us-east-1 only. */
const queryLogKey = (stack: PlatformStack, environment: Environment, provider: AwsProvider): string =>
  new EncryptionKey(stack, "query-log-key", {
    aliasName: resourceName(environment, PLATFORM, "dns-queries"),
    description: "Query log of the public zone",
    accountId: environment.account,
    region: "us-east-1",
    userArns: [administrativeRole(environment, "operator")],
    usedThrough: "direct",
    services: ["cloudwatch-logs"],
    breakGlassArns: guardians(environment),
    provider,
    ...deletable(environment),
  }).arn;
