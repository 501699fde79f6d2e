import { describe, expect, test } from "vitest";
import type { StackFile } from "../../scripts/validate/estate.ts";
import type { StackJson } from "../../scripts/validate/stack-json.ts";
import { producersOf, stubsOf } from "../../scripts/validate/stubs.ts";

const providers = [
  { region: "eu-central-1", allowed_account_ids: ["111111111111"] },
  { alias: "copy", region: "eu-west-1" },
];
const resources = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { "app-a": { cidr_block: "10.0.1.0/24" }, "app-b": { cidr_block: "10.0.2.0/24" } },
  aws_s3_bucket: { logs: { bucket: "prd-logs" }, copy: { provider: "aws.copy", bucket: "prd-copy" } },
  aws_kms_key: { data: {} },
  aws_route53_zone: { main: { name: "example.org" } },
  aws_lb: {
    web: { name: "prd-tkt-web" },
    broker: { name: "prd-brk", load_balancer_type: "network", internal: true },
  },
  aws_security_group: { fleet: { for_each: { blue: 1, green: 2 } }, counted: { count: 2 } },
  aws_eks_cluster: { main: { name: "prd", vpc_config: { subnet_ids: [] } } },
};

function stack(
  name: string,
  output: Record<string, unknown>,
  remotes: Record<string, string> = {},
  extra: StackJson = {},
): StackFile {
  const json: StackJson = {
    terraform: { backend: { s3: { key: `production/${name}.tfstate` } } },
    provider: { aws: providers },
    resource: resources,
    data: {
      terraform_remote_state: Object.fromEntries(
        Object.entries(remotes).map(([remote, producer]) => [
          remote,
          { backend: "s3", config: { key: `production/${producer}.tfstate` } },
        ]),
      ),
    },
    output: Object.fromEntries(Object.entries(output).map(([key, value]) => [key, { value }])),
    ...extra,
  };
  return { environment: "production", stack: name, directory: "", json, digest: "" };
}

/** The stand-in of one output value of a stack named network. */
function stubOf(value: unknown, extra: StackJson = {}): unknown {
  const file = stack("network", { it: value }, {}, extra);
  return stubsOf([file])(file)["it"]?.value;
}

describe("stand-ins for values that exist only after apply", () => {
  test.each([
    ["a VPC's id", "${aws_vpc.main.id}", /^vpc-0[0-9a-f]{16}$/],
    ["a VPC's ARN", "${aws_vpc.main.arn}", /^arn:aws:ec2:eu-central-1:111111111111:vpc\/vpc-0[0-9a-f]{16}$/],
    ["a key's ARN", "${aws_kms_key.data.arn}", /^arn:aws:kms:eu-central-1:111111111111:key\/[0-9a-f-]{36}$/],
    ["a zone's id", "${aws_route53_zone.main.zone_id}", /^Z0[0-9A-Z]{18}$/],
    [
      "a load balancer's host",
      "${aws_lb.web.dns_name}",
      /^prd-tkt-web-[0-9a-f]{16}\.eu-central-1\.elb\.amazonaws\.com$/,
    ],
    [
      "an internal network load balancer's host",
      "${aws_lb.broker.dns_name}",
      /^internal-prd-brk-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/,
    ],
    [
      "a cluster's security group",
      "${aws_eks_cluster.main.vpc_config[0].cluster_security_group_id}",
      /^sg-0[0-9a-f]{16}$/,
    ],
  ])("%s has the shape that AWS gives it", (_, expression, shape) => {
    expect(stubOf(expression)).toMatch(shape);
  });

  test.each([
    ["an argument of the resource itself", "${aws_vpc.main.cidr_block}", "10.0.0.0/16"],
    ["a bucket's name", "${aws_s3_bucket.logs.id}", "prd-logs"],
    ["a bucket's ARN", "${aws_s3_bucket.logs.arn}", "arn:aws:s3:::prd-logs"],
    [
      "a host in the region of the resource's own provider",
      "${aws_s3_bucket.copy.bucket_regional_domain_name}",
      "prd-copy.s3.eu-west-1.amazonaws.com",
    ],
    ["text around an expression", "arn:${aws_s3_bucket.logs.id}/*", "arn:prd-logs/*"],
    ["an escaped template", "$${literal}", "${literal}"],
    ["a literal list", ["a", 1, true, null], ["a", 1, true, null]],
    ["a call", '${join(",", [aws_s3_bucket.logs.id, "${aws_s3_bucket.copy.id}"])}', "prd-logs,prd-copy"],
    ["an element of a call", "${tolist([aws_s3_bucket.logs, aws_s3_bucket.copy])[1].bucket}", "prd-copy"],
    ["a list by for", "${[for b in [aws_s3_bucket.logs, aws_s3_bucket.copy] : b.bucket]}", ["prd-logs", "prd-copy"]],
    [
      "an object",
      '${{ logs = aws_s3_bucket.logs.id, "copy": aws_s3_bucket.copy.id }}',
      { logs: "prd-logs", copy: "prd-copy" },
    ],
    ["an object by for", '${{for k, v in { x = "y" } : v => k}}', { y: "x" }],
  ])("%s is evaluated, not invented", (_, expression, value) => {
    expect(stubOf(expression)).toEqual(value);
  });

  test("lists, objects and resources with several instances keep their shape", () => {
    const ids = stubOf({
      byZone: { a: "${aws_subnet.app-a.id}", b: "${aws_subnet.app-b.id}" },
      counted: "${aws_security_group.counted[*].id}",
      byColour: "${{for colour, group in aws_security_group.fleet : colour => group.id}}",
      green: '${aws_security_group.fleet["green"].id}',
    }) as Record<string, Record<string, string>>;

    expect(ids).toEqual({
      byZone: { a: expect.stringMatching(/^subnet-0/), b: expect.stringMatching(/^subnet-0/) },
      counted: [expect.stringMatching(/^sg-0/), expect.stringMatching(/^sg-0/)],
      byColour: { blue: expect.stringMatching(/^sg-0/), green: expect.stringMatching(/^sg-0/) },
      green: ids["byColour"]?.["green"],
    });
    const all = [...Object.values(ids["byZone"] ?? {}), ...Object.values(ids["counted"] ?? {})];
    expect(new Set(all).size).toBe(4);
  });

  test("one resource has one id in every output, and different ones elsewhere", () => {
    const file = stack("network", { id: "${aws_vpc.main.id}", arn: "${aws_vpc.main.arn}" });
    const staging = { ...file, environment: "staging" };

    const stubs = stubsOf([file])(file);

    expect(stubs["arn"]?.value).toContain(`vpc/${stubs["id"]?.value}`);
    expect(stubsOf([staging])(staging)["id"]?.value).not.toBe(stubs["id"]?.value);
    expect(stubsOf([file])(file)).toEqual(stubs);
  });

  test("an output that passes on another stack's output has that one's value", () => {
    const network = stack("network", { vpc: { id: "${aws_vpc.main.id}" } });
    const pki = stack(
      "pki",
      {
        vpc: "${data.terraform_remote_state.net.outputs.vpc.id}",
        same: '${data.terraform_remote_state.net.outputs["vpc"]["id"]}',
      },
      { net: "network" },
    );
    const ticketing = stack("ticketing", {}, { pki: "pki" });
    const estate = [network, pki, ticketing];
    const lookUp = stubsOf(estate);

    const id = lookUp(pki)["vpc"]?.value;

    expect(lookUp(network)["vpc"]?.value).toEqual({ id });
    expect(lookUp(pki)["same"]?.value).toBe(id);
    expect(producersOf(ticketing, estate).map((file) => file.stack)).toEqual(["network", "pki"]);
  });

  test.each([
    [
      "an attribute without a known shape",
      "${aws_vpc.main.mystery}",
      'the shape of aws_vpc\'s "mystery" is unknown (scripts/validate/shapes.ts)',
    ],
    [
      "a type without a known shape",
      "${aws_unheard_of.x.id}",
      '"aws_unheard_of.x" is no resource or local value of this stack',
    ],
    ["a function that is not evaluated", '${cidrhost("10.0.0.0/16", 1)}', "function cidrhost() is not evaluated here"],
    ["a conditional", "${true ? 1 : 2}", 'expected "}", got "? 1 : 2}"'],
    ["a whole resource", "${aws_vpc.main}", "aws_vpc.main is a whole resource: name one attribute"],
    ["a data source", "${data.aws_ami.x.id}", '"data.aws_ami" is no resource or local value of this stack'],
  ])("fails when an output is made from %s, and says which", (_, expression, why) => {
    expect(() => stubOf(expression)).toThrow(
      new Error(`output "it" has no stand-in value: ${why}, in ${JSON.stringify(expression)}`),
    );
  });

  test("fails when the account is unknown", () => {
    const unknown = { provider: { aws: [{ region: "eu-central-1" }] } };

    expect(() => stubOf("${aws_vpc.main.id}", unknown)).toThrow(
      "no aws provider has allowed_account_ids, so the account of its ARNs is unknown",
    );
  });

  test("fails when a stack reads an output or a state that nobody writes", () => {
    const network = stack("network", {});
    const reader = stack("reader", { x: "${data.terraform_remote_state.net.outputs.gone}" }, { net: "network" });
    const lost = stack("lost", {}, { net: "elsewhere" });

    expect(() => stubsOf([network, reader])(reader)).toThrow('data.terraform_remote_state.net has no output "gone"');
    expect(() => producersOf(lost, [network, lost])).toThrow(
      'data.terraform_remote_state.net reads state key "production/elsewhere.tfstate", which no stack writes',
    );
  });

  test("fails when two stacks read each other", () => {
    const one = stack("one", { x: "${data.terraform_remote_state.two.outputs.x}" }, { two: "two" });
    const two = stack("two", { x: "${data.terraform_remote_state.one.outputs.x}" }, { one: "one" });

    expect(() => stubsOf([one, two])(one)).toThrow("production/one reads its own outputs by way of another stack");
  });
});
