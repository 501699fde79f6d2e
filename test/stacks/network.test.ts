import { beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { production } from "../../services/environments/production.ts";
import { resolve, resolveEstate } from "../../services/resolve.ts";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf } from "./policies.ts";

/** Ways out of the shared network and the logs of its firewall, against the egress of the catalogue. */

let estate: SynthesizedEstate;
let stack: Stack;
beforeAll(() => {
  estate = synthesizeEstate("production", "dev");
  stack = estate.stack("production", "network");
});

/** The kind of gateway that the default route of each subnet leads to, by the subnet's range; "none" without one. */
function waysOut(network: Stack): Readonly<Record<string, string>> {
  const routes = network.all("aws_route").filter(({ args }) => args.destination_cidr_block === "0.0.0.0/0");
  return Object.fromEntries(
    network.all("aws_subnet").map(({ address, args }) => {
      const tables = network
        .all("aws_route_table_association")
        .filter(({ args: { subnet_id } }) => subnet_id === `\${${address}.id}`)
        .map(({ args: { route_table_id } }) => route_table_id);
      const targets = routes
        .filter(({ args: { route_table_id } }) => tables.includes(route_table_id))
        .map(({ args: route }) => ["gateway_id", "nat_gateway_id", "vpc_endpoint_id"].find((key) => key in route));
      return [args.cidr_block, targets.join(", ") || "none"];
    }),
  );
}

describe("a default route", () => {
  test("leads out of subnets of services with egress, through the firewall, and of no other service's", () => {
    const { network } = resolveEstate(catalogue, production);
    const open = catalogue.services
      .filter((service) => resolve(service, production).egress.length > 0)
      .map(({ name }) => name);
    const expected = Object.fromEntries(
      network.subnets.map(({ cidr, tier, service }) => {
        if (tier === "app") return [cidr, open.includes(service ?? "") ? "vpc_endpoint_id" : "none"];
        if (tier === "public" || tier === "egress") return [cidr, "gateway_id"];
        return [cidr, tier === "firewall" ? "nat_gateway_id" : "none"];
      }),
    );

    expect(open).not.toEqual([]);
    expect(open.length).toBeLessThan(catalogue.services.length);
    expect(waysOut(stack)).toEqual(expected);
  });

  test("is missing where the main server of the broker stands, with gateways in every zone or in one [BRK-15.2]", () => {
    for (const name of ["production", "dev"]) {
      const network = estate.stack(name, "network");
      const ways = waysOut(network);
      const own = network
        .all("aws_subnet")
        .filter(({ args }) => /-(app-message-broker|dmz|data)-[abc]$/.test(args.tags.Name));

      expect(own.length).toBe(9);
      expect(own.map(({ args }) => [args.tags.Name, ways[args.cidr_block]])).toEqual(
        own.map(({ args }) => [args.tags.Name, "none"]),
      );
    }
  });
});

describe("the logs of the network", () => {
  test("of the firewall lie in the bucket for networks: alerts and flows each under a prefix of their own", () => {
    const { logging_configuration } = resourceOf(stack, "aws_networkfirewall_logging_configuration.firewall_logs");
    const bucketName = "${data.terraform_remote_state.audit.outputs.networkLogBucket}";

    expect(logging_configuration.log_destination_config).toEqual([
      {
        log_type: "ALERT",
        log_destination_type: "S3",
        log_destination: { bucketName, prefix: "firewall-alerts" },
      },
      {
        log_type: "FLOW",
        log_destination_type: "S3",
        log_destination: { bucketName, prefix: "firewall-flows" },
      },
    ]);
  });

  test("of the VPC and of its name queries lie there too", () => {
    const bucket = "${data.terraform_remote_state.audit.outputs.networkLogBucketArn}";

    expect(stack.one("aws_flow_log").args).toMatchObject({ log_destination: bucket, traffic_type: "ALL" });
    expect(stack.one("aws_route53_resolver_query_log_config").args.destination_arn).toBe(bucket);
  });
});
