import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { textsIn } from "./remote-state.ts";

/** What every state must have, and what none may hold: a stack added later is held to it without a new test. */

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

/** Asserts that a reading of each stack is empty, and names the stack where it is not. */
function expectNone(read: (stack: Stack) => readonly unknown[]): void {
  expect(estate.stacks.length).toBe(12 * 3);
  for (const stack of estate.stacks) {
    const where = `${stack.environment}/${stack.name}`;
    expect([where, read(stack)]).toEqual([where, []]);
  }
}
const environmentOf = ({ environment }: Stack) => {
  const found = catalogue.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment "${environment}"`);
  return found;
};

describe("every stack", () => {
  test("keeps its state in its own object of the environment's bucket, encrypted and locked natively", () => {
    for (const stack of estate.stacks) {
      const { short, account, region, name } = environmentOf(stack);
      expect(stack.json.terraform.backend).toEqual({
        s3: {
          bucket: `${short}-plt-state-${account}`,
          key: `${name}/${stack.name}.tfstate`,
          region,
          encrypt: true,
          kms_key_id: `arn:aws:kms:${region}:${account}:alias/${short}-plt-state`,
          use_lockfile: true,
        },
      });
    }
    const keys = estate.stacks.map(
      ({ json }) => `${json.terraform.backend.s3.bucket}/${json.terraform.backend.s3.key}`,
    );
    expect(new Set(keys).size).toBe(estate.stacks.length);
  });

  test("admits one provider and one range of versions, and Terraform from 1.11", () => {
    for (const { json } of estate.stacks) {
      expect(json.terraform.required_version).toBe(">= 1.11.0");
      expect(json.terraform.required_providers).toEqual({
        aws: { source: "hashicorp/aws", version: ">= 6.34.0, < 7.0.0" },
      });
      expect(Object.keys(json.provider)).toEqual(["aws"]);
    }
  });

  test("configures only the first region, the second for copies, and us-east-1, for its own account, with its tags", () => {
    for (const stack of estate.stacks) {
      const { region, copyRegion, account } = environmentOf(stack);
      const regions: Readonly<Record<string, string>> = { "": region, copy: copyRegion, global: "us-east-1" };
      const tags = stack.json.provider.aws[0].default_tags[0].tags;
      expect(stack.json.provider.aws[0].alias).toBeUndefined();
      for (const { alias = "", ...rest } of stack.json.provider.aws) {
        expect([stack.name, alias, rest]).toEqual([
          stack.name,
          alias,
          { region: regions[alias], allowed_account_ids: [account], default_tags: [{ tags }] },
        ]);
      }
    }
  });

  test("tags all it makes with service, environment, owner and data classification [MUN-6.3]", () => {
    const tags = estate.stacks
      .filter(({ environment }) => environment === "production")
      .map(({ json }) => json.provider.aws[0].default_tags[0].tags);

    expect(tags).toEqual(
      [
        ["bootstrap", "platform", "confidential"],
        ["audit", "platform", "confidential"],
        ["network", "platform", "internal"],
        ["vault", "platform", "personal"],
        ["pki", "platform", "confidential"],
        ["observability", "platform", "confidential"],
        ["cluster", "platform", "personal"],
        ["ticketing", "support-platform", "personal"],
        ["desktop-backend", "desktop", "personal"],
        ["resident-services", "resident-platform", "personal"],
        ["message-broker", "integration", "confidential"],
        ["student-allocation", "education", "personal"],
      ].map(([service, owner, data]) => ({ service, environment: "production", owner, "data-classification": data })),
    );
    for (const { environment, json } of estate.stacks) {
      expect(json.provider.aws[0].default_tags[0].tags.environment).toBe(environment);
    }
  });

  test("differs from no other environment in what exists but for the zones that have gateways of their own", () => {
    const gateways = [
      /^aws_(eip|nat_gateway)\.nat_[bc]/,
      /^aws_ec2_subnet_cidr_reservation\.subnets_endpoints-[bc]-fixed$/,
      /^aws_route\.routes_(egress|firewall)-[bc]-to-internet$/,
      /^aws_route\.routes_egress-[abc]-to-app-/,
      /^aws_cloudwatch_metric_alarm\.nat-[bc]-/,
    ];
    const addresses = (environment: string, name: string) =>
      estate
        .stack(environment, name)
        .all()
        .map(({ address }) => address)
        .filter((address) => !gateways.some((pattern) => pattern.test(address)));

    for (const { name } of estate.stacks.filter(({ environment }) => environment === "production")) {
      expect([name, addresses("staging", name)]).toEqual([name, addresses("production", name)]);
      expect([name, addresses("dev", name)]).toEqual([name, addresses("production", name)]);
    }
  });

  test("protects the same resources against destruction in staging and production", () => {
    const guarded = (environment: string) =>
      estate.stacks
        .filter((stack) => stack.environment === environment)
        .flatMap((stack) => stack.all())
        .filter(({ args }) => args.lifecycle?.prevent_destroy === true)
        .map(({ address }) => address);

    expect(guarded("production").length).toBeGreaterThan(20);
    // Staging has NAT in its first zone only.
    const inOneZone = guarded("production").filter((address) => !/^aws_eip\.nat_[bc]-/.test(address));
    expect(guarded("staging")).toEqual(inOneZone);
    expect(guarded("dev")).toEqual([]);
  });
});

describe("no stack", () => {
  test("makes a value of a secret, or a key that never expires", () => {
    const forbidden = /^aws_(secretsmanager_secret_version|iam_access_key|iam_user_login_profile|key_pair)$/;
    expectNone((stack) => stack.all().filter(({ type }) => forbidden.test(type)));
    // Users without a key of ours: SMTP knows no roles (BRK-23.2).
    expectNone((stack) => stack.all("aws_iam_user").filter(({ args }) => args.path !== "/mail/"));
  });

  test("holds anything that looks like a secret", () => {
    const secretKeys = new Set([
      "secret_string",
      "password",
      "master_password",
      "auth_token",
      "private_key",
      "access_key",
      "secret_key",
      "token",
    ]);
    const keysIn = (value: unknown): readonly string[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
        : [];
    const looks = [
      /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
      /-----BEGIN [A-Z ]*PRIVATE/,
      /\bgh[ps]_\w{20}/,
      /:\/\/[^/\s:$]+:[^@/\s$]+@/,
      /\beyJ[\w-]{10,}\./,
    ];

    expectNone(({ json }) => keysIn(json.resource).filter((key) => secretKeys.has(key)));
    expectNone(({ text }) => looks.filter((look) => look.test(text)).map(String));
    // Each of these would be found.
    for (const found of ["AKIAIOSFODNN7EXAMPLE", "-----BEGIN EC PRIVATE KEY-----", "postgres://app:hunter2@db"]) {
      expect(looks.some((look) => look.test(found))).toBe(true);
    }
  });

  test("knows the machine, user or moment that made it", () => {
    const root = join(import.meta.dirname, "../..");
    // A path, and not the same letters within a longer word.
    const ofMachine = [root, homedir(), tmpdir(), process.cwd(), hostname()].filter((each) => each.length > 1);
    const standsIn = (text: string, path: string) =>
      text
        .split(path)
        .slice(1)
        .some((rest) => !/^[\w-]/.test(rest));
    const moment = /\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d|\b1[6-9]\d{8}(\d{3})?\b/;

    expect(userInfo().username).not.toBe("");
    expectNone(({ text }) => ofMachine.filter((each) => standsIn(text, each)));
    expectNone(({ json }) => textsIn(json).filter((text) => moment.test(text)));
    expectNone(({ json }) => textsIn(json).filter((text) => /\b(timestamp|plantimestamp|uuid|bcrypt)\(/.test(text)));
    expect(moment.test("made 2026-11-21T08:51:43Z")).toBe(true);
  });

  test("depends on stack traces or construct paths beyond the stack's own", () => {
    expectNone(({ text }) =>
      [/\bat .*\.(ts|js):\d+/, /"stackTrace"/, /\/node_modules\//].filter((each) => each.test(text)),
    );
  });

  test("writes a rule inside a security group, where the next reader of a plan would not find it", () => {
    expectNone((stack) => [
      ...stack.all("aws_security_group").filter(({ args }) => "ingress" in args || "egress" in args),
      ...stack.all("aws_security_group_rule"),
    ]);
  });

  test("holds an unresolved token of the engine", () => {
    expectNone(({ text }) => [/\$\{TfToken/, /-1\.888\d+e\+289/].filter((each) => each.test(text)));
  });
});

describe("every host", () => {
  const instances = () => estate.stacks.flatMap((stack) => stack.all("aws_instance"));

  test("has no public address and no key pair: nobody comes by SSH [NOD-5.1]", () => {
    expect(instances().length).toBeGreaterThanOrEqual(3 * 10);
    for (const { address, args } of instances()) {
      expect([address, args.associate_public_ip_address, args.key_name]).toEqual([address, false, undefined]);
    }
  });

  test("answers metadata only to sessions of the host itself (IMDSv2, one hop)", () => {
    for (const { args } of instances()) {
      expect(args.metadata_options).toEqual({
        http_endpoint: "enabled",
        http_protocol_ipv6: "disabled",
        http_put_response_hop_limit: 1,
        http_tokens: "required",
        instance_metadata_tags: "disabled",
      });
    }
  });

  test("has encrypted volumes under the service's own key", () => {
    const key = "${aws_kms_key.data-key_key.arn}";
    for (const { args } of instances()) {
      expect(args.root_block_device).toMatchObject({ encrypted: true, kms_key_id: key });
      expect(args.ebs_block_device).toBeUndefined();
    }
    const volumes = estate.stacks.flatMap((stack) => stack.all("aws_ebs_volume"));
    expect(volumes.length).toBe(3 * 24);
    for (const { args } of volumes) expect(args).toMatchObject({ encrypted: true, kms_key_id: key });
  });

  test("stands at the address, in the zone and on the machine that the index says", () => {
    for (const { name, services } of estate.index.environments) {
      const entry = services.find((service) => service.name === "ticketing");
      const hosts = [...(entry?.components ?? []), ...(entry?.stores ?? [])].flatMap((owner) => owner.hosts);
      const stack = estate.stack(name, "ticketing");
      expect(
        Object.fromEntries(
          stack
            .all("aws_instance")
            .map(({ name: id, args }) => [id, [args.private_ip, args.availability_zone, args.instance_type]]),
        ),
      ).toEqual(
        Object.fromEntries(hosts.map((host) => [`${host.name}_host`, [host.address, host.zone, host.machine]])),
      );
    }
  });
});
