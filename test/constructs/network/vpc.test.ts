import { expect, test } from "vitest";
import { Vpc } from "../../../constructs/network/vpc.ts";
import { synth } from "../../support/synth.ts";

const bucketArn = "arn:aws:s3:::example-flow-logs/network/";
const made = (cidr = "10.0.0.0/16") =>
  synth((stack) => {
    new Vpc(stack, "network", { name: "example", cidr, flowLog: { bucketArn } });
  });

test("the VPC resolves names and gives hosts theirs", () => {
  expect(made().one("aws_vpc").args).toEqual({
    cidr_block: "10.0.0.0/16",
    enable_dns_support: true,
    enable_dns_hostnames: true,
    tags: { Name: "example" },
  });
});

test("everything AWS opens by default is adopted without a rule or a route", () => {
  const result = made();

  expect(result.one("aws_default_security_group").args).toMatchObject({ ingress: [], egress: [] });
  expect(result.one("aws_default_route_table").args).toMatchObject({ route: [] });
  const nacl = result.one("aws_default_network_acl").args;
  expect([nacl.ingress, nacl.egress, nacl.subnet_ids]).toEqual([undefined, undefined, undefined]);
  expect(nacl.lifecycle).toEqual({ ignore_changes: ["subnet_ids"] });
});

test("hosts take time from the Amazon Time Sync Service [TKT-2.1]", () => {
  expect(made().one("aws_vpc_dhcp_options").args).toMatchObject({
    domain_name_servers: ["AmazonProvidedDNS"],
    ntp_servers: ["169.254.169.123"],
  });
  expect(made().one("aws_vpc_dhcp_options_association").args.dhcp_options_id).toBe(
    "${aws_vpc_dhcp_options.network_dhcp.id}",
  );
});

test("all traffic is logged each minute, as Parquet, with the addresses before translation", () => {
  const { log_format, ...log } = made().one("aws_flow_log").args;

  expect(log).toEqual({
    vpc_id: "${aws_vpc.network_vpc.id}",
    traffic_type: "ALL",
    max_aggregation_interval: 60,
    log_destination_type: "s3",
    log_destination: bucketArn,
    destination_options: { file_format: "parquet", hive_compatible_partitions: true, per_hour_partition: true },
    tags: { Name: "example" },
  });
  const fields = log_format.split(" ");
  expect(fields).toEqual(
    expect.arrayContaining(["$${pkt-srcaddr}", "$${pkt-dstaddr}", "$${action}", "$${reject-reason}"]),
  );
  expect(fields.every((field: string) => /^\$\$\{[a-z-]+\}$/.test(field))).toBe(true);
});

test("fails when the range has host bits", () => {
  expect(() => made("10.0.0.1/16")).toThrow("that is 10.0.0.0/16");
});
