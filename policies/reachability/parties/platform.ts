import { type AddressSet, nowhere, parseCidr, union } from "../../model/addresses.ts";
import type { Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { subnets } from "../../model/network/subnets.ts";
import { vpcs } from "../../model/network/vpcs.ts";
import { known } from "../../model/value.ts";
import { allOf, type Services, service } from "../space/services.ts";

/** What is beside every machine, whatever its network says. */
export interface LinkLocal {
  readonly party: Party;
  readonly addresses: AddressSet;
  readonly answers: Services;
}

const all = (cidrs: readonly string[]): AddressSet => union(cidrs.map((each) => parseCidr(each) ?? nowhere));

const DNS = allOf([service("udp", 53), service("tcp", 53)]);

/**
 * Amazon VPC user guide, "Security groups" and "Network ACLs": neither filters traffic to the resolver, to DHCP, to instance
 * metadata, to the credentials of pods, to Amazon Time Sync and to the router's reserved addresses. Read in November 2026.
 */
export function linkLocals(estate: Estate): readonly LinkLocal[] {
  return [
    {
      party: "platform/resolver",
      addresses: union([
        all(["169.254.169.253/32", "fd00:ec2::253/128"]),
        plus(estate, "VPC", 2),
        clusterResolver(estate),
      ]),
      answers: DNS,
    },
    {
      party: "platform/time",
      addresses: all(["169.254.169.123/32", "fd00:ec2::123/128"]),
      answers: service("udp", 123),
    },
    {
      party: "platform/host-identity",
      addresses: all(["169.254.169.254/32", "fd00:ec2::254/128"]),
      answers: service("tcp", 80),
    },
    // Amazon EKS user guide, "EKS Pod Identity".
    {
      party: "platform/pod-identity",
      addresses: all(["169.254.170.23/32", "fd00:ec2::23/128"]),
      answers: service("tcp", 80),
    },
    { party: "platform/lease", addresses: plus(estate, "subnet", 1), answers: service("udp", 67) },
  ];
}

/** The address of each VPC, or of each subnet, that AWS reserves: the second or the third. */
function plus(estate: Estate, what: "VPC" | "subnet", more: number): AddressSet {
  const ranges = estate.of<{ readonly addresses: AddressSet }>(what === "VPC" ? vpcs : subnets);
  return union(
    ranges.flatMap(({ addresses: { v4 } }) =>
      v4[0] === undefined ? [] : [{ v4: [v4[0] + more, v4[0] + more], v6: [] }],
    ),
  );
}

/** Kubernetes gives its resolver the tenth address of the range of Services; in Auto Mode each node answers for it. */
function clusterResolver({ terraform }: Estate): AddressSet {
  const ranges = terraform.ofType("aws_eks_cluster").map(({ block }) => {
    const cidr = known(block.block("kubernetes_network_config")?.text("service_ipv4_cidr"));
    const first = parseCidr(cidr ?? "")?.v4[0];
    return first === undefined ? nowhere : { v4: [first + 10, first + 10], v6: [] };
  });
  return union(ranges);
}

/** AWS services behind interface endpoints, by the party that the declaration calls each. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  ssm: "management",
  ssmmessages: "management",
  secretsmanager: "secrets",
  kms: "secrets",
  logs: "telemetry",
  monitoring: "telemetry",
  "acm-pca": "certificates",
  s3: "storage",
  "ecr.api": "registry",
  "ecr.dkr": "registry",
  "eks-auth": "identity",
  sts: "tokens",
  "email-smtp": "mail",
};

/** The party of an interface endpoint, by the name of its service: `com.amazonaws.eu-central-1.ssm`. */
export function endpointParty(service: string): Party | undefined {
  const [, name = ""] = /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service) ?? [];
  const party = ENDPOINTS[name];
  return party === undefined ? undefined : `platform/endpoint-${party}`;
}
