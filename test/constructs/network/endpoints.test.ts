import { describe, expect, test } from "vitest";
import { endpointPolicy } from "../../../constructs/network/endpoint-policy.ts";
import {
  Endpoints,
  type EndpointsProps,
  endpointDomains,
  type InterfaceEndpoint,
} from "../../../constructs/network/endpoints.ts";
import { Subnets } from "../../../constructs/network/subnets.ts";
import { synth } from "../../support/synth.ts";
import { subnet, zones } from "./subnets-fixture.ts";

const perimeter = { region: "eu-central-1", accountId: "111111111111", registryAccountIds: ["222222222222"] };
/** An endpoint of the given number in each of the two subnets. */
function at(number: number, service: string, group: string): InterfaceEndpoint {
  return { service, group, addresses: { a: `10.0.20.${number}`, b: `10.0.21.${number}` } };
}
const props: EndpointsProps = {
  ...perimeter,
  vpcId: "vpc-1",
  namePrefix: "example",
  subnets: [subnet("endpoints", "a", "10.0.20.0/24"), subnet("endpoints", "b", "10.0.21.0/24")],
  interfaces: [at(18, "ecr.api", "registry")],
};
const made = (change: Partial<EndpointsProps> = {}) =>
  synth((stack) => {
    new Endpoints(stack, "endpoints", { ...props, ...change });
  });
const statements = (service: string, registryAccountIds = perimeter.registryAccountIds) =>
  JSON.parse(endpointPolicy(service, { ...perimeter, registryAccountIds }) ?? "").Statement;

describe("Endpoints", () => {
  test("answer by the service's own name from every zone at the addresses given, behind a group without rules", () => {
    const result = made();

    expect(result.one("aws_vpc_endpoint")).toMatchObject({
      address: "aws_vpc_endpoint.endpoints_ecr-api",
      args: {
        vpc_id: "vpc-1",
        service_name: "com.amazonaws.eu-central-1.ecr.api",
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        ip_address_type: "ipv4",
        dns_options: { dns_record_ip_type: "ipv4" },
        subnet_ids: ["subnet-endpoints-a", "subnet-endpoints-b"],
        subnet_configuration: [
          { subnet_id: "subnet-endpoints-a", ipv4: "10.0.20.18" },
          { subnet_id: "subnet-endpoints-b", ipv4: "10.0.21.18" },
        ],
        security_group_ids: ["${aws_security_group.endpoints_registry-access_group.id}"],
        tags: { Name: "example-endpoint-ecr-api" },
      },
    });
    expect(result.all().filter(({ type }) => type.startsWith("aws_vpc_security_group"))).toEqual([]);
  });

  test("share a security group within their group, and with no other", () => {
    const interfaces = [at(11, "ssm", "management"), at(14, "kms", "secrets"), at(12, "ssmmessages", "management")];
    let peers: readonly (readonly string[])[] = [];
    const result = synth((stack) => {
      const endpoints = new Endpoints(stack, "endpoints", { ...props, interfaces });
      peers = [...endpoints.groups].map(([group, { kind, name }]) => [group, kind, name]);
    });

    expect(peers).toEqual([
      ["management", "group", "endpoint-management"],
      ["secrets", "group", "endpoint-secrets"],
    ]);
    expect(result.all("aws_vpc_endpoint").map(({ name, args }) => [name, args.security_group_ids])).toEqual([
      ["endpoints_kms", ["${aws_security_group.endpoints_secrets-access_group.id}"]],
      ["endpoints_ssm", ["${aws_security_group.endpoints_management-access_group.id}"]],
      ["endpoints_ssmmessages", ["${aws_security_group.endpoints_management-access_group.id}"]],
    ]);
    expect(result.all("aws_security_group").map(({ args }) => args.description)).toEqual([
      "Interface endpoints of ssm, ssmmessages",
      "Interface endpoints of kms",
    ]);
  });

  test("S3 answers every client in the VPC, at the addresses given", () => {
    const interfaces = [at(10, "s3", "storage")];
    const { args } = made({ interfaces }).one("aws_vpc_endpoint");

    expect(args.dns_options).toEqual({
      dns_record_ip_type: "ipv4",
      private_dns_only_for_inbound_resolver_endpoint: false,
    });
    expect(args.subnet_configuration).toEqual([
      { subnet_id: "subnet-endpoints-a", ipv4: "10.0.20.10" },
      { subnet_id: "subnet-endpoints-b", ipv4: "10.0.21.10" },
    ]);
  });

  test("come after the reservations of their subnets: none takes the fixed address of another by chance", () => {
    const result = synth((stack) => {
      const subnets = new Subnets(stack, "subnets", {
        vpcId: "vpc-1",
        vpcCidr: "10.0.0.0/16",
        namePrefix: "example",
        zones,
        tierCidrs: { endpoints: "10.0.20.0/23" },
        subnets: [
          { name: "endpoints-a", tier: "endpoints", zone: "a", cidr: "10.0.20.0/24", reserved: "10.0.20.128/25" },
          { name: "endpoints-b", tier: "endpoints", zone: "b", cidr: "10.0.21.0/24", reserved: "10.0.21.128/25" },
        ],
      });
      new Endpoints(stack, "endpoints", { ...props, subnets: subnets.all });
    });

    expect(result.one("aws_vpc_endpoint").args.depends_on).toEqual([
      "aws_ec2_subnet_cidr_reservation.subnets_endpoints-a-fixed",
      "aws_ec2_subnet_cidr_reservation.subnets_endpoints-b-fixed",
    ]);
  });

  test.each([
    ["misses a zone", { a: "10.0.20.10" }, 'endpoint s3: zone b needs an address in 10.0.21.0/24, got ""'],
    ["lies in another subnet", { a: "10.0.21.10", b: "10.0.21.11" }, "zone a needs an address in 10.0.20.0/24"],
    ["is not an address", { a: "host", b: "10.0.21.10" }, 'got "host"'],
    ["is the subnet's router or one AWS keeps", { a: "10.0.20.3", b: "10.0.21.10" }, "AWS keeps 10.0.20.3"],
    ["is the last of the subnet", { a: "10.0.20.255", b: "10.0.21.10" }, "AWS keeps 10.0.20.255"],
  ])("fails when a fixed address %s", (_, addresses, message) => {
    expect(() => made({ interfaces: [{ service: "s3", group: "storage", addresses }] })).toThrow(message);
  });

  test("fails when a service is listed twice", () => {
    expect(() => made({ interfaces: [11, 12].map((number) => at(number, "ssm", "management")) })).toThrow(
      "endpoints: ssm is listed twice",
    );
  });

  test("fails when two have one address", () => {
    expect(() => made({ interfaces: [at(11, "ssm", "management"), at(11, "kms", "secrets")] })).toThrow(
      "endpoint kms: needs an address of its own, got 10.0.20.11 of ssm",
    );
  });
});

describe("endpointPolicy", () => {
  const own = {
    Sid: "OwnPrincipalsToOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111", "aws:ResourceAccount": "111111111111" } },
  };

  test("carries requests of this account to this account, and no others", () => {
    for (const service of ["kms", "secretsmanager", "logs", "ssmmessages"]) {
      expect(statements(service)).toEqual([own]);
    }
  });

  test("s3 besides lets anyone read, and only read, the buckets AWS serves layers and packages from", () => {
    const [first, aws, ...rest] = statements("s3");
    expect([first, rest]).toEqual([own, []]);
    expect([aws.Effect, aws.Action]).toEqual(["Allow", "s3:GetObject"]);
    expect(aws.Resource).toContain("arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*");
    expect(aws.Resource).toContain("arn:aws:s3:::aws-ssm-eu-central-1/*");
    expect(aws.Resource.filter((arn: string) => !arn.includes("eu-central-1"))).toEqual([]);
  });

  test("every exception reads only, for this account's principals", () => {
    const exceptions = ["ssm", "ecr.api", "ecr.dkr"].map((service) => statements(service)[1]);

    for (const { Condition, Action, Resource } of exceptions) {
      expect(Condition).toEqual({ StringEquals: { "aws:PrincipalAccount": "111111111111" } });
      expect(Action.join(" ")).not.toMatch(/\*:|Put|Create|Delete|Send|Start/);
      expect(Resource).not.toContain("*");
    }
    expect(exceptions[1].Resource).toEqual(["arn:aws:ecr:eu-central-1:222222222222:repository/*"]);
    expect(statements("ecr.api", [])).toEqual([own]);
  });

  test("leaves out what AWS refuses: mail submission takes no policy", () => {
    expect(endpointPolicy("email-smtp", perimeter)).toBeUndefined();
    expect(made({ interfaces: [at(22, "email-smtp", "mail")] }).one("aws_vpc_endpoint").args.policy).toBeUndefined();
  });
});

test.each([
  ["ssm", ["ssm.eu-central-1.amazonaws.com"]],
  ["s3", ["s3.eu-central-1.amazonaws.com", "*.s3.eu-central-1.amazonaws.com"]],
  ["ecr.api", ["api.ecr.eu-central-1.amazonaws.com"]],
  ["ecr.dkr", ["*.dkr.ecr.eu-central-1.amazonaws.com"]],
  ["eks-auth", ["eks-auth.eu-central-1.api.aws"]],
])("clients find %s under %j", (service, domains) => {
  expect(endpointDomains(service, "eu-central-1")).toEqual(domains);
});
