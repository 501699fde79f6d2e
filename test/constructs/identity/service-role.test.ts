import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { setBoundary } from "../../../constructs/identity/boundary.ts";
import { ServiceRole, type ServiceRoleProps } from "../../../constructs/identity/service-role.ts";
import { trustService } from "../../../constructs/identity/trust.ts";
import { synth } from "../../support/synth.ts";

const props: ServiceRoleProps = {
  name: "shop-monitoring",
  description: "Measures the shop",
  trust: trustService("111111111111", "monitoring.rds.amazonaws.com"),
};
const put = { sid: "Put", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::shop/*"] };
const managed = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";
const synthWith = (changed: Partial<ServiceRoleProps> = {}) =>
  synth((scope) => void new ServiceRole(scope, "monitoring", { ...props, ...changed }));

describe("service role", () => {
  it("may be taken by one service, for resources of this account alone", () => {
    const { assume_role_policy, ...role } = synthWith().one("aws_iam_role").args;

    expect(role).toEqual({
      name: "shop-monitoring",
      description: "Measures the shop",
      tags: { Name: "shop-monitoring" },
    });
    expect(JSON.parse(assume_role_policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Service",
          Effect: "Allow",
          Principal: { Service: ["monitoring.rds.amazonaws.com"] },
          Action: ["sts:AssumeRole"],
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        },
      ],
    });
  });

  it("stays within the permissions boundary of its stack", () => {
    const stack = synth((scope) => {
      const within = new Construct(scope, "within");
      setBoundary(within, "arn:aws:iam::111111111111:policy/boundary");
      new ServiceRole(within, "monitoring", props);
    });

    expect(stack.one("aws_iam_role").args.permissions_boundary).toBe("arn:aws:iam::111111111111:policy/boundary");
  });

  it("has one inline policy and the managed ones it names, and nothing attached by hand survives an apply", () => {
    const stack = synthWith({ statements: [put], managedPolicyArns: [managed] });
    const role = "${aws_iam_role.monitoring_role.name}";

    expect(JSON.parse(stack.one("aws_iam_role_policy").args.policy).Statement).toEqual([
      { Sid: "Put", Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::shop/*"] },
    ]);
    expect(stack.one("aws_iam_role_policy_attachment").args).toEqual({ role, policy_arn: managed });
    expect(stack.one("aws_iam_role_policies_exclusive").args).toEqual({
      role_name: role,
      policy_names: ["${aws_iam_role_policy.monitoring_policy.name}"],
    });
    expect(stack.one("aws_iam_role_policy_attachments_exclusive").args).toEqual({
      role_name: role,
      policy_arns: ["${aws_iam_role_policy_attachment.monitoring_AmazonRDSEnhancedMonitoringRole.policy_arn}"],
    });
  });

  it("may do nothing by itself", () => {
    const stack = synthWith();

    expect([...stack.all("aws_iam_role_policy"), ...stack.all("aws_iam_role_policy_attachment")]).toEqual([]);
    expect(stack.one("aws_iam_role_policies_exclusive").args.policy_names).toEqual([]);
    expect(stack.one("aws_iam_role_policy_attachments_exclusive").args.policy_arns).toEqual([]);
  });

  it("fails when the name is longer than IAM takes", () => {
    const name = "a".repeat(65);

    expect(() => synthWith({ name })).toThrow(
      new Error(`test/monitoring: name must be 1..64 letters, digits or +=,.@_-, got "${name}"`),
    );
  });
});
