import type { Examples } from "../../engine/example.ts";
import { addResource, type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const declaration: Loose = {
  services: [
    {
      name: "shop",
      components: [{ name: "api", hosts: [{ domain: "api-a.shop.internal.example.org", address: "10.0.1.4" }] }],
      stores: [],
      entrypoints: [
        { name: "web", host: "shop.example.org", loadBalancer: "ex-shop-web" },
        { name: "cdn", host: "cdn.example.org", loadBalancer: "ex-shop-cdn" },
      ],
    },
  ],
};
const zones: Loose = { aws_route53_zone: { public: { name: "example.org" } } };
const record = (given: object, more: object = {}): Loose => ({
  ...zones,
  ...more,
  aws_route53_record: { a: { zone_id: "${aws_route53_zone.public.zone_id}", ...given } },
});
const doors: Loose = {
  aws_lb: { web: { name: "ex-shop-web" }, other: { name: "ex-other" } },
  aws_cloudfront_distribution: { cdn: { aliases: ["cdn.example.org"] } },
};
const alias = (name: string, of: string): Loose => record({ name, type: "A", alias: { name: of } }, doors);
const inside = (name: string, address: string, type = "A"): Loose =>
  record({ name: `${name}.internal.example.org`, type, records: [address] });

export const examples: Examples = {
  good: [
    { title: "an entrypoint by its load balancer", declaration, resources: alias("shop", "${aws_lb.web.dns_name}") },
    {
      title: "one by its distribution",
      declaration,
      resources: alias("CDN.example.org.", "${aws_cloudfront_distribution.cdn.domain_name}"),
    },
    { title: "a host by its address", declaration, resources: inside("api-a.shop", "10.0.1.4") },
    { title: "another name inside, of an address of the environment", declaration, resources: inside("x", "10.0.9.9") },
    {
      title: "a proof for a certificate, a policy of mail, and a name of somebody else's domain",
      declaration,
      resources: {
        ...zones,
        aws_route53_record: {
          proof: {
            name: "${tolist(aws_acm_certificate.web.domain_validation_options).0.resource_record_name}",
            type: "${tolist(aws_acm_certificate.web.domain_validation_options).0.resource_record_type}",
            records: ["${tolist(aws_acm_certificate.web.domain_validation_options).0.resource_record_value}"],
          },
          policy: { name: "_dmarc.example.org", type: "TXT", records: ["v=DMARC1; p=reject"] },
          other: { name: "www.example.net", type: "A", records: ["192.0.2.1"] },
        },
      },
    },
  ],
  bad: [
    {
      title: "an entrypoint by another load balancer",
      declaration,
      resources: alias("shop.example.org", "${aws_lb.other.dns_name}"),
      finds: ["aws_route53_record.a alias.name"],
    },
    {
      title: "an entrypoint by a name of somebody else",
      declaration,
      resources: record({ name: "shop", type: "CNAME", records: ["shop.example.net"] }),
      finds: ["aws_route53_record.a alias.name"],
    },
    {
      title: "a name of the internet that nobody declared, and whatever is asked for",
      declaration,
      resources: {
        ...zones,
        aws_route53_record: {
          admin: { name: "admin.example.org", type: "A", records: ["192.0.2.1"] },
          any: { name: "*.example.org", type: "CNAME", records: ["shop.example.org"] },
        },
      },
      finds: ["aws_route53_record.admin name", "aws_route53_record.any name"],
    },
    {
      title: "records of a list that has all of a zone",
      declaration,
      resources: {
        ...zones,
        aws_route53_records_exclusive: {
          all: {
            zone_id: "${aws_route53_zone.public.zone_id}",
            resource_record_set: [
              { name: "shop", type: "CNAME", resource_records: [{ value: "shop.example.net" }] },
              { name: "admin.example.org", type: "A", alias_target: [{ dns_name: "evil.example.net" }] },
              { name: "example.org", type: "TXT", resource_records: [{ value: "x" }] },
            ],
          },
        },
      },
      finds: ["aws_route53_records_exclusive.all alias.name", "aws_route53_records_exclusive.all name"],
    },
    {
      title: "a part of the domain that others answer for",
      declaration,
      resources: record({ name: "shop", type: "NS", records: ["ns1.example.net"] }),
      finds: ["aws_route53_record.a name"],
    },
    {
      title: "a host by another's address, and a name inside that leads outside",
      declaration,
      resources: {
        aws_route53_record: {
          host: { name: "api-a.shop.internal.example.org", type: "A", records: ["10.0.1.5"] },
          out: { name: "mail.internal.example.org", type: "A", records: ["192.0.2.1"] },
          away: { name: "files.internal.example.org", type: "CNAME", records: ["files.example.net"] },
          any: { name: "*.internal.example.org", type: "A", records: ["10.0.1.4"] },
        },
      },
      finds: [
        "aws_route53_record.host records",
        "aws_route53_record.out records",
        "aws_route53_record.away records",
        "aws_route53_record.any name",
      ],
    },
  ],
  unknown: [
    {
      title: "a name whose document says by whom it is answered",
      declaration,
      resources: {
        ...zones,
        aws_route53_traffic_policy_instance: {
          web: { name: "shop.example.org", hosted_zone_id: "${aws_route53_zone.public.zone_id}" },
        },
      },
      finds: ["aws_route53_traffic_policy_instance.web type"],
    },
    {
      title: "a name by a variable, and a door by one",
      declaration,
      resources: {
        ...zones,
        aws_route53_record: {
          name: { name: "${var.name}", type: "A", records: ["192.0.2.1"] },
          door: { name: "shop.example.org", type: "A", alias: { name: "${var.door}" } },
        },
      },
      finds: ["aws_route53_record.name name", "aws_route53_record.door alias.name"],
    },
    {
      title: "a proof's name for another value",
      declaration,
      resources: record({
        name: "${tolist(aws_acm_certificate.web.domain_validation_options).0.resource_record_name}",
        type: "CNAME",
        records: ["proof.example.net"],
      }),
      finds: ["aws_route53_record.a name"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_route53_record",
    "lead an entrypoint to somebody else",
    (copy) => ({ ...copy, alias: { ...copy.alias, name: "shop.example.net" } }),
    ({ attributes }) => attributes["alias"] !== undefined,
  ),
  onResource(
    "aws_route53_record",
    "lead a host's name to another machine",
    (copy) => ({ ...copy, records: ["10.30.0.9"] }),
    ({ attributes }) => String(attributes["zone_id"]).includes("privateZoneId"),
  ),
  addResource("answer every name", "aws_route53_record", {
    name: "*.example.org",
    type: "A",
    records: ["192.0.2.1"],
    zone_id: "Z0123456789",
  }),
];
