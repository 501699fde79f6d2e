import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import { judge } from "../../../policies/engine/judge.ts";
import type { Loose } from "../../../policies/engine/mutation.ts";
import { planIsFresh } from "../../../policies/rules/governance/plan-is-fresh.ts";

/** A plan that Terraform made of a configuration in JSON (fixtures/README.md), and what comes of it when somebody edits it. */

const directory = mkdtempSync(join(tmpdir(), "edited-plans-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const story = join(import.meta.dirname, "../fixtures/plans/json-configuration");
const configuration = readFileSync(join(story, "main.tf.json"), "utf8");
const plan = readFileSync(join(story, "plan.json"), "utf8");

/** What is said of a plan that lies beside a configuration, both edited, the digests made anew. */
function said(edit: (plan: Loose, configuration: Loose) => void) {
  const [made, beside] = [JSON.parse(plan), JSON.parse(configuration)];
  edit(made, beside);
  const text = JSON.stringify(beside);
  const out = mkdtempSync(join(directory, "out-"));
  for (const folder of ["terraform/dev/site", "plans/dev"]) mkdirSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, "terraform/dev/site/cdk.tf.json"), text);
  writeFileSync(join(out, "plans/dev/site.json"), JSON.stringify(made));
  writeFileSync(join(out, "plans/dev/digests.json"), JSON.stringify({ site: { site: hash("sha256", text) } }));
  const [estate] = readArtefacts(out);
  if (estate === undefined) throw new Error("no estate");
  return {
    judged: estate.terraform.documents.map(({ kind }) => kind).join(),
    found: judge(estate, [planIsFresh]).findings.map(({ resource, attribute, got, expected }) =>
      [resource, attribute, got, expected.replace("as configured: ", "")].join(" | "),
    ),
  };
}

/** A resource in every place where a plan has its values. */
const valuesOf = (made: Loose, address: string): readonly Loose[] => [
  made.planned_values.root_module.resources.find((each: Loose) => each.address === address).values,
  made.resource_changes.find((each: Loose) => each.address === address).change.after,
];
const changeOf = (made: Loose, address: string): Loose =>
  made.resource_changes.find((each: Loose) => each.address === address).change;
const configured = (made: Loose, address: string): Loose =>
  made.configuration.root_module.resources.find((each: Loose) => each.address === address);

/** Adds a resource to every place of a plan. */
function add(made: Loose, { address, ...more }: Loose, values: Loose = {}) {
  const [type, name] = address.replace(/\[.*$/, "").split(".");
  const about = { address, mode: "managed", type, name, provider_name: "aws", ...more };
  made.planned_values.root_module.resources.push({ ...about, values });
  made.resource_changes.push({
    ...about,
    change: { actions: ["create"], before: null, after: values, after_unknown: {} },
  });
}

const site = "aws_cloudfront_distribution.site";

test("thousands of rules in another order are told apart at once", () => {
  const rules = Array.from({ length: 6000 }, (_, at) => ({
    rule_no: at,
    action: "allow",
    cidr_block: `10.0.${at % 256}.0/24`,
  }));
  const started = performance.now();
  const { judged, found } = said((made, { resource }) => {
    resource.aws_network_acl.main.ingress = rules;
    for (const each of valuesOf(made, "aws_network_acl.main")) each.ingress = rules.toReversed();
    configured(made, "aws_network_acl.main").expressions = {};
  });

  expect({ judged, found }).toEqual({ judged: "plan", found: [] });
  expect(performance.now() - started).toBeLessThan(5_000);
});

describe("a plan beside the configuration that it was made from", () => {
  test("takes its place as Terraform made it", () => {
    expect(said(() => undefined)).toEqual({ judged: "plan", found: [] });
  });

  test("takes its place where a check reads something for itself", () => {
    const { judged, found } = said((made, beside) => {
      beside.check = { site: { data: { http: { site: { url: "https://example.org" } } }, assert: [] } };
      made.configuration.root_module.resources.push({
        ...{ address: "data.http.site", mode: "data", type: "http", name: "site" },
        expressions: { url: { constant_value: "https://example.org" } },
      });
    });

    expect({ judged, found }).toEqual({ judged: "plan", found: [] });
  });

  test.each<readonly [string, (plan: Loose, configuration: Loose) => void]>([
    [
      "numbers as texts",
      (_, { resource }) => {
        resource.aws_network_acl.main.ingress[0].from_port = "443";
      },
    ],
    [
      "a protocol by its number",
      (_, { resource }) => {
        resource.aws_network_acl.main.ingress[0].protocol = "6";
      },
    ],
    [
      "one block as a list",
      (_, { resource }) => {
        const { site: own } = resource.aws_cloudfront_distribution;
        own.viewer_certificate = [own.viewer_certificate];
      },
    ],
    [
      "lists in another order",
      (_, { resource }) => {
        resource.aws_cloudfront_distribution.site.default_cache_behavior.allowed_methods.reverse();
      },
    ],
    [
      "what an expression decides",
      (_, { resource }) => {
        resource.aws_s3_bucket.data.bucket = "${local.name}";
      },
    ],
    [
      "what is ignored once it is there",
      (made, { resource }) => {
        resource.aws_sns_topic.alarms = {
          name: "alarms",
          display_name: "new",
          lifecycle: { ignore_changes: ["display_name"] },
        };
        for (const each of valuesOf(made, "aws_sns_topic.alarms")) each.display_name = "old";
      },
    ],
    [
      "what a provider takes for the same as what is there, or what has grown",
      (made, { resource }) => {
        resource.aws_sns_topic.alarms = {
          name: "alarms",
          engine_version: "8.0",
          allocated_storage: 20,
          cluster: "main",
        };
        const there = {
          engine_version: "8.0.39",
          allocated_storage: 50,
          cluster: "arn:aws:ecs:eu-central-1:1:cluster/main",
        };
        for (const each of valuesOf(made, "aws_sns_topic.alarms")) Object.assign(each, there);
        changeOf(made, "aws_sns_topic.alarms").before = { name: "alarms", ...there };
      },
    ],
    [
      "a variable of AWS in a document",
      (made, { resource }) => {
        resource.aws_sns_topic_policy.alarms.policy = '{"Statement":{"Resource":"a/$${aws:username}"}}';
        for (const each of valuesOf(made, "aws_sns_topic_policy.alarms"))
          each.policy = '{"Statement":[{"Resource":["a/${aws:username}"]}]}';
      },
    ],
    [
      "what nobody counts",
      (_, { resource }) => {
        resource.aws_s3_bucket.data.count = "${var.buckets}";
      },
    ],
    [
      "what nobody asks for, and is there already or what the provider gives all",
      (made) => {
        const [alarms, vpc] = ["aws_sns_topic.alarms", "aws_vpc.main"];
        for (const each of valuesOf(made, alarms)) each.kms_master_key_id = "alias/aws/sns";
        changeOf(made, alarms).before = { name: "alarms", kms_master_key_id: "alias/aws/sns" };
        for (const each of valuesOf(made, vpc))
          Object.assign(each, {
            instance_tenancy: "default",
            enable_dns_support: true,
            assign_generated_ipv6_cidr_block: false,
          });
      },
    ],
    [
      "tags of the provider and of itself",
      (made, { provider, resource }) => {
        provider.aws[0].default_tags = [{ tags: { owner: "platform", stage: "${var.stage}" } }];
        resource.aws_vpc.main.tags = { Name: "main", owner: "network" };
        for (const each of valuesOf(made, "aws_vpc.main"))
          Object.assign(each, {
            tags: { Name: "main", owner: "network" },
            tags_all: { Name: "main", owner: "network", stage: "dev" },
          });
      },
    ],
    [
      "a dynamic block",
      (_, { resource }) => {
        const acl = resource.aws_network_acl.main;
        acl.dynamic = { ingress: { for_each: "${var.ports}", content: {} } };
        acl.ingress = [];
      },
    ],
  ])("takes its place where the configuration has %s", (_, edit) => {
    // As it repeats them a plan has texts as they stand: of an edited configuration it would not.
    const { judged, found } = said((made, beside) => {
      edit(made, beside);
      made.configuration.root_module.resources = [];
    });

    expect({ judged, found }).toEqual({ judged: "plan", found: [] });
  });

  test.each<readonly [string, string, (plan: Loose, configuration: Loose) => void]>([
    [
      "a value is another",
      `${site} | viewer_certificate.minimum_protocol_version | TLSv1 | TLSv1.2_2021`,
      (made, { resource }) => {
        resource.aws_cloudfront_distribution.site.viewer_certificate.minimum_protocol_version = "TLSv1.2_2021";
        for (const each of valuesOf(made, site))
          each.viewer_certificate = [{ cloudfront_default_certificate: true, minimum_protocol_version: "TLSv1" }];
      },
    ],
    [
      "a text is another in its values alone",
      "aws_s3_bucket.data | bucket | other-data | some-data",
      (made) => {
        for (const each of valuesOf(made, "aws_s3_bucket.data")) each.bucket = "other-data";
      },
    ],
    [
      "an expression is another in its configuration alone",
      "aws_subnet.a | vpc_id | ${aws_vpc.other.id} | ${aws_vpc.main.id}",
      (made) => {
        configured(made, "aws_subnet.a").expressions.vpc_id.constant_value = "${aws_vpc.other.id}";
      },
    ],
    [
      "a document in JSON is another",
      'aws_sns_topic_policy.alarms | policy | {"Statement":[]} | {}',
      (made) => {
        for (const each of valuesOf(made, "aws_sns_topic_policy.alarms")) each.policy = '{"Statement":[]}';
      },
    ],
    [
      "a rule has joined a list",
      'aws_network_acl.main | ingress | {"action":"allow","cidr_block":"0.0.0.0/0","from_port":443,"icmp_code":null,"icmp_type":null,"protocol":"tcp","rule_no":100,"to_port":443} | nothing',
      (made) => {
        for (const each of valuesOf(made, "aws_network_acl.main"))
          each.ingress.push({ ...each.ingress[0], cidr_block: "0.0.0.0/0" });
      },
    ],
    [
      "a resource is added",
      "aws_vpc_security_group_ingress_rule.all | resource | in the plan | nothing of the name",
      (made) => add(made, { address: "aws_vpc_security_group_ingress_rule.all" }),
    ],
    [
      "a second one stands where there is one",
      "aws_s3_bucket.data | count | one without a key, [1] | one without a key",
      (made) => add(made, { address: "aws_s3_bucket.data[1]", index: 1 }, { bucket: "some-data" }),
    ],
    [
      "there are other ones than those that are listed",
      'aws_s3_bucket.more | for_each | ["a"], ["c"] | ["a"], ["b"]',
      (made, { resource }) => {
        resource.aws_s3_bucket.more = { for_each: { a: "1", b: "2" } };
        for (const index of ["a", "c"]) add(made, { address: `aws_s3_bucket.more["${index}"]`, index });
      },
    ],
    [
      "there are more than are counted",
      "aws_s3_bucket.more | count | [0], [1] | [0]",
      (made, { resource }) => {
        resource.aws_s3_bucket.more = { count: 1 };
        for (const index of [0, 1]) add(made, { address: `aws_s3_bucket.more[${index}]`, index });
      },
    ],
    [
      "another provider makes it",
      "aws_vpc.main | provider | aws.other | aws",
      (made) => {
        configured(made, "aws_vpc.main").provider_config_key = "aws.other";
      },
    ],
    [
      "a provider is of another region",
      "provider.aws | region | us-east-1 | eu-central-1",
      (made) => {
        made.configuration.provider_config.aws.expressions.region.constant_value = "us-east-1";
      },
    ],
    [
      "a provider is of another publisher",
      "provider.aws | source | example/aws | hashicorp/aws",
      (made) => {
        made.configuration.provider_config.aws.full_name = "registry.terraform.io/example/aws";
      },
    ],
    [
      "a data source is left out of it",
      "data.external.run | data | nothing | configured",
      (_, beside) => {
        beside.data.external = { run: { program: ["sh"] } };
      },
    ],
    [
      "a data source is asked for something else",
      "data.aws_ami.debian | owners | 111111111111 | 136693071363",
      (made, beside) => {
        beside.data.aws_ami = { debian: { owners: ["136693071363"] } };
        const expressions = { owners: { constant_value: ["111111111111"] } };
        made.configuration.root_module.resources.push({
          address: "data.aws_ami.debian",
          mode: "data",
          type: "aws_ami",
          name: "debian",
          expressions,
        });
      },
    ],
    [
      "a module is of another version",
      "module.net | version | 1.0.0 | 2.0.0",
      (made, beside) => {
        beside.module = { net: { source: "example/net/aws", version: "2.0.0" } };
        made.configuration.root_module.module_calls = {
          net: { source: "example/net/aws", version_constraint: "1.0.0", module: {} },
        };
      },
    ],
    [
      "a module is given something else",
      "module.net | open | true | false",
      (made, beside) => {
        beside.module = { net: { source: "example/net/aws", open: false } };
        made.configuration.root_module.module_calls = {
          net: { source: "example/net/aws", expressions: { open: { constant_value: true } }, module: {} },
        };
      },
    ],
    [
      "a document with a variable of AWS in it is another",
      'aws_sns_topic_policy.alarms | policy | {"Statement":{"Resource":"a/*"}} | {"Statement":{"Resource":"a/$${aws:username}"}}',
      (made, { resource }) => {
        resource.aws_sns_topic_policy.alarms.policy = '{"Statement":{"Resource":"a/$${aws:username}"}}';
        configured(made, "aws_sns_topic_policy.alarms").expressions = {};
        for (const each of valuesOf(made, "aws_sns_topic_policy.alarms"))
          each.policy = '{"Statement":{"Resource":"a/*"}}';
      },
    ],
    [
      "what is there is said to be another, and the plan to leave it",
      "aws_sns_topic.alarms | retention | 35 | 1",
      (made, { resource }) => {
        resource.aws_sns_topic.alarms.retention = 1;
        for (const each of valuesOf(made, "aws_sns_topic.alarms")) each.retention = 35;
        changeOf(made, "aws_sns_topic.alarms").before = { name: "alarms", retention: 35 };
      },
    ],
    [
      "a lock is written into it that nobody has configured",
      "aws_s3_bucket.data | object_lock_enabled | true | nothing",
      (made) => {
        for (const each of valuesOf(made, "aws_s3_bucket.data")) each.object_lock_enabled = true;
      },
    ],
    [
      "something is on that nobody asks for",
      `${site} | is_ipv6_enabled | true | nothing`,
      (made) => {
        for (const each of valuesOf(made, site)) each.is_ipv6_enabled = true;
      },
    ],
    [
      "a default is another, of another type",
      "aws_vpc.main | instance_tenancy | dedicated | nothing",
      (made) => {
        for (const each of valuesOf(made, "aws_vpc.main")) each.instance_tenancy = "dedicated";
      },
    ],
    [
      "a block has joined",
      'aws_s3_bucket.data | versioning | {"enabled":true} | nothing',
      (made) => {
        for (const each of valuesOf(made, "aws_s3_bucket.data")) each.versioning = [{ enabled: true }];
        changeOf(made, "aws_s3_bucket.data").after_unknown.versioning = [];
      },
    ],
    [
      "a block says more than it was told, in another order of blocks",
      `${site} | origin.custom_origin_config.origin_read_timeout | 60 | nothing`,
      (made) => {
        changeOf(made, site).after_unknown.origin.reverse();
        for (const each of valuesOf(made, site)) {
          each.origin.reverse();
          for (const origin of each.origin) for (const own of origin.custom_origin_config) own.origin_read_timeout = 60;
        }
      },
    ],
    [
      "a tag has joined that neither the resource nor its provider gives",
      "aws_vpc.main | tags_all.data-classification | internal | nothing",
      (made) => {
        for (const each of valuesOf(made, "aws_vpc.main")) each.tags_all = { "data-classification": "internal" };
        changeOf(made, "aws_vpc.main").after_unknown.tags_all = {};
      },
    ],
    [
      "a resource is in another region than its provider",
      "aws_vpc.main | region | us-east-1 | nothing",
      (made) => {
        for (const each of valuesOf(made, "aws_vpc.main")) each.region = "us-east-1";
      },
    ],
    [
      "an expression stands where the configuration says nothing",
      "aws_sns_topic.alarms | kms_master_key_id | ${aws_vpc.main.id} | nothing",
      (made) => {
        configured(made, "aws_sns_topic.alarms").expressions.kms_master_key_id = {
          references: ["aws_vpc.main.id", "aws_vpc.main"],
        };
        changeOf(made, "aws_sns_topic.alarms").after_unknown.kms_master_key_id = true;
      },
    ],
    [
      "a secret is another, which is not shown",
      "aws_ssm_parameter.vpc | password | a value that is not shown | a value that is not shown",
      (made, { resource }) => {
        resource.aws_ssm_parameter.vpc.password = "one";
        for (const each of valuesOf(made, "aws_ssm_parameter.vpc")) each.password = "other";
      },
    ],
  ])("fails when %s, whatever its digest says: the configuration is judged", (_, expected, edit) => {
    const { judged, found } = said(edit);

    expect(found).toEqual([expected]);
    expect(judged).toBe("configuration");
  });
});
