import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const declaration = {
  subnets: [{ name: "app-a", tier: "app", zone: "eu-central-1a", cidr: "10.0.1.0/24" }],
};
const subnet = (availability_zone?: string, cidr_block = "10.0.1.0/24") => ({
  aws_subnet: { app: { cidr_block, ...(availability_zone === undefined ? {} : { availability_zone }) } },
});
const finds = ["aws_subnet.app availability_zone"];

export const examples: Examples = {
  good: [
    { title: "the declared zone", resources: subnet("eu-central-1a"), declaration },
    {
      title: "a subnet of which nothing is declared, beside one that is",
      resources: {
        aws_subnet: {
          ...subnet("eu-central-1a").aws_subnet,
          other: { cidr_block: "10.9.0.0/24", availability_zone: "eu-central-1c" },
        },
      },
      declaration,
    },
  ],
  bad: [
    { title: "another zone", resources: subnet("eu-central-1b"), declaration, finds },
    { title: "whichever zone AWS takes", resources: subnet(), declaration, finds },
  ],
  unknown: [{ title: "a zone of a variable", resources: subnet("${var.zone}"), declaration, finds }],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_subnet", "put all subnets into one zone", (each) => ({
    ...each,
    availability_zone: each.availability_zone.endsWith("a")
      ? each.availability_zone.replace(/a$/, "b")
      : each.availability_zone,
  })),
];
