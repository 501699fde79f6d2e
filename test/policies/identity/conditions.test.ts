import { expect, test } from "vitest";
import { Estate } from "../../../policies/model/estate.ts";
import { demandsFactor, exactly, namesSource, narrows } from "../../../policies/model/identity/conditions.ts";
import { policyDocument } from "../../../policies/model/policy-documents.ts";
import type { Statement } from "../../../policies/model/policy-statement.ts";
import { Block } from "../../../policies/model/terraform/block.ts";
import { readConfiguration } from "../../../policies/model/terraform/document.ts";
import { Graph } from "../../../policies/model/terraform/graph.ts";
import { isUnknown } from "../../../policies/model/value.ts";

/** A statement under a condition, as it is read from a state. */
function under(condition: object): Statement {
  const policy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Condition: condition }],
  });
  const document = readConfiguration({}, { environment: undefined, stack: undefined, source: "test" });
  const read = policyDocument(
    new Block({ policy }, { graph: new Graph([document], new Map()), document, module: "" }),
    "policy",
  );
  const statement = read === undefined || isUnknown(read) ? undefined : read.statements[0];
  if (statement === undefined) throw new Error("no statement");
  return statement;
}

test.each([
  [{ StringEquals: { "aws:SourceAccount": "111111111111" } }, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:logs:*:111111111111:*" } }, true],
  [{ ArnLike: { "AWS:sourcearn": "arn:aws:s3:::uploads" } }, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads/*" } }, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads*" } }, false],
  [
    {
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads*" },
      StringEquals: { "aws:SourceAccount": "111111111111" },
    },
    true,
  ],
  [{ "ForAnyValue:StringLike": { "aws:SourceOrgPaths": "o-abcdefghij/r-ab12/*" } }, true],
  [{ StringLike: { "aws:SourceOrgID": "o-a*" } }, false],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:logs:*:*:*" } }, false],
  [{ ArnLike: { "aws:SourceArn": ["arn:aws:s3:::uploads", "*"] } }, false],
  [{ StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } }, false],
  [{ "ForAllValues:StringEquals": { "aws:SourceAccount": "111111111111" } }, false],
  [{ StringNotEquals: { "aws:SourceAccount": "111111111111" } }, false],
  [{ StringEquals: { "aws:SourceAccount": "${var.account}" } }, false],
  [{ StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.own.account_id}" } }, true],
  [{ StringEquals: { "aws:SourceAccount": [] } }, false],
  [{}, false],
])("%j names for whom a service acts: %s", (condition, names) => {
  expect(namesSource(under(condition))).toBe(names);
});

test.each([
  [{ StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }, true],
  [{ StringLike: { "aws:PrincipalOrgID": "o-*" } }, false],
  [{ StringLike: { "aws:PrincipalOrgID": "o-abcd*" } }, false],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/*" } }, true],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/api" } }, false],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true],
  [{ IpAddress: { "aws:SourceIp": ["203.0.0.0/17", "203.0.128.0/17", "10.0.0.0/16"] } }, true],
  [{ IpAddress: { "aws:SourceIp": ["203.0.0.0/16", "198.51.100.7"] } }, false],
  [{ IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "offices"] } }, false],
  [{ IpAddress: { "aws:SourceIp": ["64:ff9b::/96"] } }, false],
  [{ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }, false],
  [{ IpAddress: { "aws:SourceIp": "::/0" } }, false],
  [{ Bool: { "aws:SecureTransport": "true" } }, false],
])("%j narrows whom anyone may be: %s", (condition, narrow) => {
  expect(narrows(under(condition), new Estate({}))).toBe(narrow);
});

test("a value is exact without wildcards, or where wildcards do not count", () => {
  expect(exactly(under({ StringLike: { "x:sub": "repo:a/b:pull_request" } }), "x:sub")).toEqual([
    "repo:a/b:pull_request",
  ]);
  expect(exactly(under({ StringLike: { "x:sub": "repo:a/*" } }), "x:sub")).toBeUndefined();
  expect(exactly(under({ StringEquals: { "x:sub": "repo:a/*" } }), "x:sub")).toEqual(["repo:a/*"]);
});

test("a second factor is demanded only where its key must be there", () => {
  expect(demandsFactor(under({ Bool: { "aws:MultiFactorAuthPresent": "true" } }))).toBe(true);
  expect(demandsFactor(under({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }))).toBe(true);
  expect(demandsFactor(under({ BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }))).toBe(false);
  expect(demandsFactor(under({ Bool: { "aws:MultiFactorAuthPresent": "false" } }))).toBe(false);
});
