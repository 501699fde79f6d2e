import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const KMS = "com.amazonaws.eu-central-1.kms";
const network = (endpoint: JsonObject, vpc: JsonObject = { enable_dns_hostnames: true }): JsonObject => ({
  aws_vpc: { main: vpc },
  aws_vpc_endpoint: {
    kms: {
      ...{ vpc_id: "${aws_vpc.main.id}", vpc_endpoint_type: "Interface", service_name: KMS },
      ...{ private_dns_enabled: true, ...endpoint },
    },
  },
});
const declaration = {};
const S3 = "com.amazonaws.eu-central-1.s3";
const inbound = (private_dns_only_for_inbound_resolver_endpoint: boolean): JsonObject => ({
  ...{ service_name: S3, dns_options: { private_dns_only_for_inbound_resolver_endpoint } },
});

export const examples: Examples = {
  good: [
    { title: "an endpoint with the name of its service", resources: network({}), declaration },
    { title: "one of S3, for every resolver", resources: network(inbound(false)), declaration },
    {
      title: "a gateway, and a service of one's own, which have no such names",
      resources: {
        aws_vpc_endpoint_service: { shop: {} },
        aws_vpc_endpoint: {
          gateway: { service_name: S3 },
          shop: { vpc_endpoint_type: "Interface", service_name: "${aws_vpc_endpoint_service.shop.service_name}" },
          kms: { vpc_endpoint_type: "Interface", service_name: KMS, private_dns_enabled: true },
        },
      },
      declaration,
    },
  ],
  bad: [
    {
      title: "an endpoint without the name, and one that does not say",
      resources: {
        aws_vpc_endpoint: {
          kms: { vpc_endpoint_type: "Interface", service_name: KMS, private_dns_enabled: false },
          more: { vpc_endpoint_type: "Interface", service_name: KMS },
        },
      },
      declaration,
      finds: ["aws_vpc_endpoint.kms private_dns_enabled", "aws_vpc_endpoint.more private_dns_enabled"],
    },
    {
      title: "a name for inbound resolvers alone",
      resources: network(inbound(true)),
      declaration,
      finds: ["aws_vpc_endpoint.kms dns_options.private_dns_only_for_inbound_resolver_endpoint"],
    },
    {
      title: "a network that resolves no names, and gives hosts none",
      resources: network({}, { enable_dns_support: false }),
      declaration,
      finds: ["aws_vpc.main enable_dns_support", "aws_vpc.main enable_dns_hostnames"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: network({ private_dns_enabled: "${var.private}" }),
      declaration,
      finds: ["aws_vpc_endpoint.kms private_dns_enabled"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_vpc_endpoint", "leave the service its public address", (each) => ({
    ...each,
    private_dns_enabled: false,
  })),
  onResource("aws_vpc", "resolve no names", (each) => ({ ...each, enable_dns_support: false })),
  onResource("aws_vpc", "give hosts no names", ({ enable_dns_hostnames: _, ...each }) => each),
];
