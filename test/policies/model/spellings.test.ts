import { expect, test } from "vitest";
import { judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";
import { Estate } from "../../../policies/model/estate.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { readConfiguration } from "../../../policies/model/terraform/document.ts";

/** Terraform's JSON has several spellings for the same: each is read, and none hides what is in it. */

const ssh = { ingress: [{ from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] }] };
const harmless = { ingress: [] };

const found = (json: JsonObject, slug: string) => {
  const origin = { environment: undefined, stack: undefined, source: "x.tf.json" };
  const { findings } = judge(
    new Estate({ documents: [readConfiguration(json, origin)] }),
    rules.filter((rule) => rule.slug === slug),
  );
  return findings.map(({ resource }) => resource);
};

test.each<[string, JsonObject]>([
  ["types in a list", { resource: [{ aws_security_group: { g: ssh } }] }],
  ["names in a list", { resource: { aws_security_group: [{ g: ssh }] } }],
  ["several bodies of one name", { resource: { aws_security_group: { g: [harmless, ssh] } } }],
  [
    "dynamic blocks in a list",
    {
      resource: {
        aws_security_group: {
          g: { dynamic: [{ ingress: { for_each: ["0.0.0.0/0"], content: ssh.ingress[0] ?? {} } }] },
        },
      },
    },
  ],
])("a security group that is open to everybody is found in %s", (_, json) => {
  expect(found(json, "administration-is-not-public")).toContain("aws_security_group.g");
});

test.each<[string, JsonObject, string]>([
  ["the default of a variable", { variable: { key: { default: "AKIAIOSFODNN7ABCDEFG" } } }, "var"],
  ["what a module is given", { module: { m: { source: "./m", access_key: "AKIAIOSFODNN7ABCDEFG" } } }, "module"],
  ["a provider in a list", { provider: [{ aws: { access_key: "AKIAIOSFODNN7ABCDEFG" } }] }, "provider.aws"],
])("a key of an account is found in %s", (_, json, where) => {
  expect(found(json, "no-secret-is-written-down")).toEqual([where]);
});
