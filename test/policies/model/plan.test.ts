import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import { BROKEN, judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";
import { lifecycleOf } from "../../../policies/model/buckets/lifecycle.ts";
import { Estate } from "../../../policies/model/estate.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { networkAcls } from "../../../policies/model/network/acls.ts";
import { placeOfResource } from "../../../policies/model/place.ts";
import { readPlan } from "../../../policies/model/terraform/plan.ts";
import type { Value } from "../../../policies/model/value.ts";
import { Unknown } from "../../../policies/model/value.ts";

/** Plans of somebody else, as Terraform prints them: fixtures/README.md says how each was made. */

const plan = (story: string) => {
  const [estate] = readArtefacts(join(import.meta.dirname, "../fixtures/plans", story, "plan.json"));
  if (estate === undefined) throw new Error("no estate");
  const resource = (address: string) => {
    const found = estate.terraform.resources.find((each) => each.address === address);
    if (found === undefined) throw new Error(`no ${address}`);
    return found;
  };
  const leadsTo = (value: Value<string> | undefined) => estate.terraform.find(value)?.address;
  return { estate, resource, leadsTo };
};

describe("a plan with modules, count and for_each", () => {
  const { estate, resource, leadsTo } = plan("modules-count-for-each");

  test("has every instance under the address that Terraform prints", () => {
    const subnets = estate.terraform.ofType("aws_subnet").map(({ address }) => address);

    expect(subnets).toEqual([
      'module.network["b.\\"2\\""].aws_subnet.private[0]',
      'module.network["b.\\"2\\""].aws_subnet.private[1]',
      'module.network["main"].aws_subnet.private[0]',
      'module.network["main"].aws_subnet.private[1]',
    ]);
  });

  test("resolves references inside an instance of a module to that instance", () => {
    const vpc = (address: string) => leadsTo(resource(address).block.text("vpc_id"));

    expect(vpc('module.network["main"].aws_subnet.private[1]')).toBe('module.network["main"].aws_vpc.this');
    expect(vpc('module.network["b.\\"2\\""].aws_security_group.web')).toBe('module.network["b.\\"2\\""].aws_vpc.this');
  });

  test("resolves references by each.key, count.index and each.value to the instance of the same key", () => {
    const bucket = (address: string) => leadsTo(resource(address).block.text("bucket"));

    expect(bucket('aws_s3_bucket_versioning.this["logs"]')).toBe('aws_s3_bucket.this["logs"]');
    expect(bucket("aws_s3_bucket_versioning.copy[0]")).toBe("aws_s3_bucket.copy[0]");
    expect(bucket('aws_s3_bucket_public_access_block.this["scratch"]')).toBe('aws_s3_bucket.this["scratch"]');
  });

  test("resolves what a module is told and what it hands out", () => {
    const [rule] = resource("module.records.aws_s3_bucket_server_side_encryption_configuration.this").block.blocks(
      "rule",
    );
    const key = rule?.block("apply_server_side_encryption_by_default")?.text("kms_master_key_id");

    expect(leadsTo(key)).toBe("aws_kms_key.logs");
    expect(leadsTo(resource("aws_s3_bucket_versioning.records").block.text("bucket"))).toBe(
      "module.records.aws_s3_bucket.this",
    );
    expect(leadsTo(resource("aws_security_group.outside").block.text("vpc_id"))).toBe(
      'module.network["main"].aws_vpc.this',
    );
  });

  test("has the blocks that a dynamic block makes, and what AWS fills in by itself is absent", () => {
    const web = resource('module.network["main"].aws_security_group.web').block;
    const setting = resource('aws_s3_bucket_versioning.this["logs"]').block.block("versioning_configuration");

    expect(web.blocks("ingress").map((each) => each.texts("cidr_blocks"))).toEqual([
      ["0.0.0.0/1", "128.0.0.0/1"],
      ["192.0.2.0/24"],
    ]);
    expect([setting?.text("status"), setting?.text("mfa_delete")]).toEqual(["Enabled", undefined]);
  });

  test("says which provider a resource is made by", () => {
    expect(resource("aws_s3_bucket.copy[0]").raw.provider).toBe("aws.copy");
    expect(estate.terraform.documents[0]?.providers.get("aws.copy")).toMatchObject({ region: "eu-west-1" });
  });
});

describe("a plan with what nobody knows before the apply", () => {
  const { estate, resource, leadsTo } = plan("unknown-until-apply");

  test("has references where values are not known yet", () => {
    const [rule] = resource("aws_s3_bucket_server_side_encryption_configuration.data").block.blocks("rule");

    expect(leadsTo(rule?.block("apply_server_side_encryption_by_default")?.text("kms_master_key_id"))).toBe(
      "aws_kms_key.data",
    );
    expect(leadsTo(resource("aws_db_instance.data").block.text("kms_key_id"))).toBe("aws_kms_key.data");
  });

  test("has unknown values, never absent ones, for a choice and for a document", () => {
    const setting = resource("aws_s3_bucket_versioning.data").block.block("versioning_configuration");

    expect(setting?.text("status")).toBeInstanceOf(Unknown);
    expect(resource("aws_s3_bucket_policy.data").block.text("policy")).toBeInstanceOf(Unknown);
  });

  test("has blocks of an unknown number as unknown ones, and none where the provider fills them in", () => {
    const rules = resource("aws_s3_bucket_lifecycle_configuration.data").block.blocks("rule");

    expect(rules.map(({ isUnknown }) => isUnknown)).toEqual([true]);
    expect(resource("aws_security_group.unknown").block.blocks("egress")).toEqual([]);
  });

  test("is judged: what is unknown is a finding of its own", () => {
    const { findings } = judge(estate, rules);

    expect(findings.filter(({ rule }) => rule === "DATA-001")).toMatchObject([
      { resource: "aws_s3_bucket.data", outcome: "unknown" },
    ]);
  });
});

describe("a plan of a configuration in JSON", () => {
  const { estate, resource, leadsTo } = plan("json-configuration");

  test("has lists of references, which are constants to Terraform", () => {
    expect(resource("aws_network_acl.main").block.texts("subnet_ids").map(leadsTo)).toEqual([
      "aws_subnet.a",
      "aws_subnet.b",
    ]);
  });

  test("has nothing where the provider says nothing: empty texts, empty lists, zero days", () => {
    const [entry] = resource("aws_network_acl.main").block.blocks("ingress");
    const [acl] = estate.of(networkAcls).filter(({ isDefault }) => !isDefault);
    const configuration = resource("aws_s3_bucket_lifecycle_configuration.data");
    const [rule] = configuration.block.blocks("rule");
    const [marker] = lifecycleOf(rule === undefined ? [] : [rule], placeOfResource(configuration));

    expect([entry?.text("cidr_block"), entry?.text("ipv6_cidr_block")]).toEqual(["10.0.0.0/16", undefined]);
    expect(acl?.entries.map(({ addresses }) => addresses instanceof Unknown)).toEqual([false]);
    expect(rule?.block("filter")?.has("tag")).toBe(false);
    expect([marker?.expires, marker?.cleansMarkers, marker?.narrowed]).toEqual([undefined, true, false]);
  });

  test("has the expressions of each block of a set, whatever its order", () => {
    const origins = resource("aws_cloudfront_distribution.site").block.blocks("origin");

    expect(
      origins.map((each) => [
        each.text("origin_id"),
        leadsTo(each.text("origin_access_control_id")) ?? leadsTo(each.text("domain_name")),
      ]),
    ).toEqual([
      ["aa-last-here", "aws_s3_bucket.data"],
      ["zz-first-here", "aws_cloudfront_origin_access_control.files"],
    ]);
  });

  test("reads what it was told of states that are not given, and ARNs that others were told", () => {
    expect(resource("aws_ssm_parameter.vpc").block.text("value")).toBe("vpc-0a1b2c3d4e5f60718");
    expect(leadsTo(resource("aws_sns_topic_subscription.mail").block.text("topic_arn"))).toBe("aws_sns_topic.alarms");
  });
});

describe("a plan of changes to what is there", () => {
  const { estate, resource } = plan("changes-to-what-is-there");

  test("is what will be there after it: new values, and nothing of what goes", () => {
    const setting = resource("aws_s3_bucket_versioning.kept").block.block("versioning_configuration");

    expect(setting?.text("status")).toBe("Suspended");
    expect(estate.terraform.resources.map(({ address }) => address)).toEqual([
      "aws_s3_bucket.kept",
      "aws_s3_bucket_versioning.kept",
    ]);
  });
});

describe("a plan that somebody has cut", () => {
  const change = (address: string, more: object = {}) => ({
    ...{ address, mode: "managed", type: "aws_s3_bucket", name: "a" },
    change: { actions: ["create"], before: null, after: { bucket: "x" }, after_unknown: { id: true }, ...more },
  });
  const read = (json: JsonObject) =>
    new Estate({
      documents: [readPlan({ format_version: "1.2", ...json }, { environment: "a", stack: "b", source: "plan.json" })],
    }).terraform;

  test("to its changes, or by some of its values, is read all the same", () => {
    const changes = [
      change("aws_s3_bucket.a"),
      change('module.m.aws_s3_bucket.a["x"]'),
      change("aws_s3_bucket.gone", { actions: ["delete"], after: null }),
    ];
    const addresses = ["aws_s3_bucket.a", 'module.m.aws_s3_bucket.a["x"]'];

    for (const planned of [undefined, {}, { root_module: {} }]) {
      const json: JsonObject = { planned_values: planned, resource_changes: changes };
      expect(read(json).resources.map(({ address }) => address)).toEqual(addresses);
    }
    expect(read({ resource_changes: changes }).resources[0]?.block.text("bucket")).toBe("x");
    expect(read({ resource_changes: changes }).resources[0]?.block.text("id")).toBeInstanceOf(Unknown);
  });
});

test("a plan that shows nothing of a resource says that it does not", () => {
  const resources = [{ address: "aws_x.a", mode: "managed", type: "aws_x", name: "a", values: null }];
  const plan = { format_version: "1.2", planned_values: { root_module: { resources } } };

  expect(readPlan(plan, { environment: "a", stack: "b", source: "plan.json" }).gaps).toEqual([
    { address: "aws_x.a", reason: "nothing of it is known before the apply", isFault: false },
  ]);
});

test("a block that was given an empty text is told from others of its set by the rest", () => {
  const block = (name: string) => ({
    name: { constant_value: name },
    to: { references: [`aws_x.${name || "none"}.id`] },
  });
  const resource = { address: "aws_x.a", mode: "managed", type: "aws_x", name: "a" };
  const { resources } = readPlan(
    {
      format_version: "1.2",
      planned_values: {
        root_module: { resources: [{ ...resource, values: { rule: [{ name: "b" }, { name: "" }] } }] },
      },
      resource_changes: [{ ...resource, change: { after_unknown: { rule: [{ to: true }, { to: true }] } } }],
      configuration: { root_module: { resources: [{ ...resource, expressions: { rule: [block(""), block("b")] } }] } },
    },
    { environment: "a", stack: "b", source: "plan.json" },
  );

  expect(resources[0]?.attributes["rule"]).toEqual([{ name: "b", to: "${aws_x.b.id}" }, { to: "${aws_x.none.id}" }]);
});

describe("what a plan tells of in its configuration alone", () => {
  const resource = { address: "aws_x.a", mode: "managed", type: "aws_x", name: "a" };
  const read = (values: JsonObject, unknown: JsonObject, expressions?: JsonObject) =>
    readPlan(
      {
        format_version: "1.2",
        planned_values: { root_module: { resources: [{ ...resource, values }] } },
        resource_changes: [{ ...resource, change: { after_unknown: unknown } }],
        configuration: {
          root_module: { resources: [expressions === undefined ? resource : { ...resource, expressions }] },
        },
      },
      { environment: "a", stack: "b", source: "plan.json" },
    ).resources[0]?.attributes;

  test("null that is written down is absent, as what is not written, and not unknown", () => {
    const own = read({}, { profile: true, groups: true }, { profile: { constant_value: null }, groups: {} });

    expect(own?.["profile"]).toBeUndefined();
    expect(own?.["groups"]).toBe("${unknown()}");
  });

  test("of a resource that is given nothing, what AWS works out is absent", () => {
    expect(read({ type: "PUBLIC" }, { protocols: true })?.["protocols"]).toBeUndefined();
  });

  test("what is written only is what the configuration says", () => {
    const own = read(
      { password_wo: null, other_wo: null, none_wo: null },
      {},
      {
        password_wo: { constant_value: "not-a-real-secret" },
        other_wo: { references: ["ephemeral.random_password.db.result", "ephemeral.random_password.db"] },
        none_wo: { constant_value: null },
      },
    );

    expect(own).toMatchObject({
      password_wo: "not-a-real-secret",
      other_wo: "${ephemeral.random_password.db.result}",
      none_wo: null,
    });
  });
});

describe("any of them", () => {
  test.each(["modules-count-for-each", "json-configuration", "unknown-until-apply", "changes-to-what-is-there"])(
    "is judged by every rule without one that breaks: %s",
    (story) => {
      const { findings, runs } = judge(plan(story).estate, rules);

      expect(runs.filter(({ outcome }) => outcome !== "not-applicable")).not.toEqual([]);
      expect(findings.filter(({ attribute }) => attribute === BROKEN)).toEqual([]);
    },
  );
});
