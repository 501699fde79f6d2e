import { Vpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { synth } from "../support/synth.ts";

describe("addresses of a stack", () => {
  test("are the construct path joined by underscores, without a hash", () => {
    const stack = synth((scope) => {
      new Vpc(new Construct(scope, "network"), "main", { cidrBlock: "10.0.0.0/16" });
    });
    expect(stack.all().map((resource) => resource.address)).toEqual(["aws_vpc.network_main"]);
  });

  test("fails when a construct id holds the joining underscore", () => {
    expect(() =>
      synth((scope) => {
        new Vpc(scope, "main_vpc", { cidrBlock: "10.0.0.0/16" });
      }),
    ).toThrow('test/main_vpc: construct id must be letters, digits and hyphens, got "main_vpc"');
  });
});
