import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const vpc = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}" }, b: { vpc_id: "${aws_vpc.main.id}" } },
};
const log = (change: JsonObject) => ({
  ...vpc,
  aws_flow_log: {
    main: {
      vpc_id: "${aws_vpc.main.id}",
      traffic_type: "ALL",
      log_destination: "${aws_s3_bucket.logs.arn}",
      ...change,
    },
  },
});

export const examples: Examples = {
  good: [
    { title: "everything recorded", resources: log({}) },
    {
      title: "a log group by its name, the older spelling",
      resources: log({ log_destination: null, log_group_name: "flow" }),
    },
    {
      title: "fields of a record, as a plan has them",
      resources: log({
        log_format: "${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${start} ${end} ${action}",
      }),
    },
    {
      title: "a log for each subnet",
      resources: {
        ...vpc,
        aws_flow_log: {
          a: { subnet_id: "${aws_subnet.a.id}", traffic_type: "ALL", log_destination: "arn:aws:s3:::logs" },
          b: { subnet_id: "${aws_subnet.b.id}", traffic_type: "ALL", log_destination: "arn:aws:s3:::logs" },
        },
      },
    },
  ],
  bad: [
    { title: "a VPC without a log", resources: vpc, finds: ["aws_vpc.main aws_flow_log"] },
    {
      title: "only what is refused",
      resources: log({ traffic_type: "REJECT" }),
      finds: ["aws_flow_log.main traffic_type"],
    },
    {
      title: "no place to go to",
      resources: log({ log_destination: null }),
      finds: ["aws_flow_log.main log_destination"],
    },
    {
      title: "records that do not say what was refused",
      resources: log({ log_format: "$${interface-id} $${srcaddr} $${dstaddr} $${dstport} $${start}" }),
      finds: ["aws_flow_log.main log_format"],
    },
    {
      title: "a subnet that has been forgotten",
      resources: log({ vpc_id: null, subnet_id: "${aws_subnet.a.id}" }),
      finds: ["aws_subnet.b aws_flow_log"],
    },
  ],
  unknown: [
    {
      title: "a variable decides what is recorded",
      resources: log({ traffic_type: "${var.traffic}" }),
      finds: ["aws_flow_log.main traffic_type"],
    },
    {
      title: "a variable says what a record has",
      resources: log({ log_format: "${var.fields}" }),
      finds: ["aws_flow_log.main log_format"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_flow_log", "drop the log", () => undefined),
  onResource("aws_flow_log", "record what is accepted only", (log) => ({ ...log, traffic_type: "ACCEPT" })),
  onResource("aws_flow_log", "record versions alone", (log) => ({ ...log, log_format: "$${version}" })),
  onResource("aws_flow_log", "record nowhere", ({ log_destination: _, ...log }) => log),
];
