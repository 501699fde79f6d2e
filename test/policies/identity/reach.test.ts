import { describe, expect, test } from "vitest";
import { allowsAction, coversService, reachOf } from "../../../policies/model/identity/reach.ts";
import { Unknown } from "../../../policies/model/value.ts";

const these = (...patterns: readonly (string | Unknown)[]) => ({ except: false, patterns });
const allBut = (...patterns: readonly string[]) => ({ except: true, patterns });

describe("actions", () => {
  test.each(["*", "*:*", "?*", "**", "*?", "s3:*", "S3:?*", "iam:**", "i*:*", "?am:*", "kms*"])(
    "%s is whole services, however it is spelled",
    (pattern) => {
      expect(coversService(these(pattern))).toBe(true);
    },
  );

  test.each(["s3:Get*", "iam:PassRole", "s3:*Object", "ec2:Describe?"])("%s is some of a service", (pattern) => {
    expect(coversService(these(pattern))).toBe(false);
  });

  test("everything but one is whole services", () => {
    expect(coversService(allBut("iam:CreateUser"))).toBe(true);
  });

  test("letters do not count, exceptions do, and what is unknown may be any", () => {
    expect(allowsAction(these("IAM:passrole"), "iam:PassRole")).toBe(true);
    expect(allowsAction(these("iam:Pass*"), "iam:GetRole")).toBe(false);
    expect(allowsAction(allBut("iam:*"), "iam:PassRole")).toBe(false);
    expect(allowsAction(allBut("iam:*"), "ec2:RunInstances")).toBe(true);
    expect(allowsAction(these(new Unknown("${var.action}")), "iam:PassRole")).toBe(true);
  });
});

describe("resources", () => {
  test.each([
    ["*", "everything"],
    ["**", "everything"],
    ["arn:*", "everything"],
    ["arn:aws:*:*:*:*", "everything"],
    ["arn:aws:s3:::*", "a kind"],
    ["arn:aws:s3:::*/*", "a kind"],
    ["arn:aws:iam::111111111111:role/*", "a kind"],
    ["arn:aws:kms:eu-central-1:111111111111:key/*", "a kind"],
    ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:*", "a kind"],
    ["arn:aws:logs:eu-central-1:111111111111:log-group:*:*", "a kind"],
    ["arn:aws:dynamodb:eu-central-1:111111111111:table/*/index/*", "a kind"],
    ["arn:aws:logs:eu-central-1:111111111111:log-group:*:log-stream:*", "a kind"],
    ["arn:aws:dynamodb:eu-central-1:111111111111:table/orders/index/*", "some"],
    ["arn:aws:s3:::uploads/*", "some"],
    ["arn:aws:s3:::prd-*", "some"],
    ["arn:aws:iam::111111111111:role/api-*", "some"],
    ["arn:aws:sqs:eu-central-1:111111111111:orders", "some"],
  ])("%s reaches %s", (pattern, reach) => {
    expect(reachOf(pattern)).toBe(reach);
  });
});
