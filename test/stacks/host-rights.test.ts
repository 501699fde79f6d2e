import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import type { Call } from "./denials.ts";
import {
  type BucketUse,
  bucketsOf,
  bucketUsesOf,
  type HostFiles,
  hostsOf,
  parametersOf,
  secretsOf,
} from "./host-needs.ts";
import { parameterArn, type Rights, rightsOf, secretArn } from "./rights.ts";

/** What Ansible writes on hosts against what Terraform makes and lets their roles do. */

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

const stacksOf = (environment: string) => estate.stacks.filter((stack) => stack.environment === environment);
const entryOf = (environment: string) => {
  const entry = estate.index.environments.find(({ name }) => name === environment);
  if (entry === undefined) throw new Error(`no environment ${environment}`);
  return entry;
};

describe.each(["dev", "staging", "production"])("hosts of %s", (environment) => {
  let hosts: readonly HostFiles[];
  let rights: Rights;
  beforeAll(() => {
    hosts = hostsOf(environment);
    rights = rightsOf(stacksOf(environment), entryOf(environment));
  });

  /** Names of resources of one type, and what each is encrypted with. */
  const made = (type: string, name: string, key?: string) =>
    new Map(
      stacksOf(environment).flatMap((stack) =>
        stack
          .all(type)
          .map(({ args }): [string, string] => [
            args[name],
            key === undefined ? "" : rights.resolved(stack, args[key]),
          ]),
      ),
    );
  const refusals = (calls: (host: HostFiles) => readonly Call[]) =>
    hosts.flatMap((host) =>
      calls(host).flatMap((call) => {
        const refusal = rights.refusal(host.host, call);
        return refusal === undefined ? [] : [`${host.host}: ${refusal}`];
      }),
    );
  const via = (service: string) => ({ "kms:ViaService": `${service}.${entryOf(environment).region}.amazonaws.com` });

  test("have rendered files, all of them", () => {
    const tags = stacksOf(environment).flatMap((stack) => stack.all("aws_instance").map(({ args }) => args.tags.Name));

    expect(hosts.map(({ host }) => host).sort()).toEqual(tags.sort());
  });

  test("read only parameters that a stack makes, and may read each", () => {
    const known = made("aws_ssm_parameter", "name");
    const read = (host: HostFiles) => parametersOf(host, environment);

    expect(new Set(hosts.flatMap(read)).size).toBeGreaterThanOrEqual(7);
    expect(hosts.flatMap((host) => read(host).filter((name) => !known.has(name)))).toEqual([]);
    expect(
      refusals((host) =>
        read(host).map((name) => ({ action: "ssm:GetParameter", resource: parameterArn(entryOf(environment), name) })),
      ),
    ).toEqual([]);
  });

  test("may read no parameter but those that their files name", () => {
    const named = new Map(
      hosts.map(({ party }) => [
        party,
        hosts.filter((host) => host.party === party).flatMap((host) => parametersOf(host, environment)),
      ]),
    );
    const unused = hosts.flatMap((host) =>
      [...made("aws_ssm_parameter", "name").keys()]
        .filter((name) => !named.get(host.party)?.includes(name))
        .filter((name) => {
          const call = { action: "ssm:GetParameter", resource: parameterArn(entryOf(environment), name) };
          return rights.refusal(host.host, call) === undefined;
        })
        .map((name) => `${host.host} ${name}`),
    );

    expect(unused).toEqual([]);
  });

  test("take only secrets that a stack makes, and may read each and use its key", () => {
    const keys = made("aws_secretsmanager_secret", "name", "kms_key_id");

    expect(new Set(hosts.flatMap(secretsOf)).size).toBeGreaterThan(40);
    expect(hosts.flatMap((host) => secretsOf(host).filter((name) => !keys.has(name)))).toEqual([]);
    expect(
      refusals((host) =>
        secretsOf(host).flatMap((name) => [
          { action: "secretsmanager:GetSecretValue", resource: secretArn(entryOf(environment), name) },
          { action: "kms:Decrypt", resource: keys.get(name) ?? "", context: via("secretsmanager") },
        ]),
      ),
    ).toEqual([]);
  });

  test("may read no secret but those that their files name", () => {
    // Hosts of a group share a role, and some work is the first one's alone.
    const named = new Map(
      hosts.map(({ party }) => [party, hosts.filter((host) => host.party === party).flatMap(secretsOf)]),
    );
    const unused = hosts.flatMap((host) =>
      [...made("aws_secretsmanager_secret", "name").keys()]
        .filter((name) => !named.get(host.party)?.includes(name))
        .filter((name) => {
          const call = {
            action: "secretsmanager:GetSecretValue",
            resource: secretArn(entryOf(environment), name),
          };
          return rights.refusal(host.host, call) === undefined;
        })
        .map((name) => `${host.host} ${name}`),
    );

    expect(unused).toEqual([]);
  });

  test("reach what they ask for these by declared flows: secrets, parameters, buckets", () => {
    const flows = new Set(
      entryOf(environment).services.flatMap((each) => each.flows.map(({ from, to }) => `${from} ${to}`)),
    );
    const ends = (host: HostFiles) => [
      ...(secretsOf(host).length > 0 ? ["platform/endpoint-secrets"] : []),
      ...(parametersOf(host, environment).length > 0 ? ["platform/endpoint-management"] : []),
      ...(bucketUsesOf(host).length > 0 ? ["platform/endpoint-storage"] : []),
    ];

    expect(new Set(hosts.flatMap(ends)).size).toBe(3);
    expect(hosts.flatMap((host) => ends(host).filter((end) => !flows.has(`${host.party} ${end}`)))).toEqual([]);
  });

  test("name no bucket whose use is not judged here", () => {
    const judged = (host: HostFiles) => new Set(bucketUsesOf(host).map(({ bucket }) => bucket));
    const named = (host: HostFiles) => bucketsOf(host, entryOf(environment).account);

    expect(new Set(hosts.flatMap(named)).size).toBeGreaterThan(9);
    expect(
      hosts.flatMap((host) =>
        named(host)
          .filter((bucket) => !judged(host).has(bucket))
          .map((bucket) => `${host.host} ${bucket}`),
      ),
    ).toEqual([]);
  });

  test("use only buckets that a stack makes, and may do there what their programs do", () => {
    const buckets = made("aws_s3_bucket", "bucket");
    const keys = bucketKeys(stacksOf(environment), rights);
    const [endpoint = ""] = stacksOf(environment)
      .filter(({ name }) => name === "network")
      .map((stack) => rights.resolved(stack, stack.json.output.storageEndpointId.value));
    const calls = ({ bucket, prefix, may }: BucketUse): readonly Call[] => {
      const key = keys.get(bucket);
      return may.flatMap((right) => [
        ...bucketCalls[right](`arn:aws:s3:::${bucket}`, prefix, endpoint),
        ...(key === undefined
          ? []
          : keyActions[right].map((action) => ({ action, resource: key, context: via("s3") }))),
      ]);
    };

    expect(
      hosts
        .flatMap(bucketUsesOf)
        .map(({ bucket }) => bucket)
        .filter((bucket) => !buckets.has(bucket)),
    ).toEqual([]);
    expect(refusals((host) => bucketUsesOf(host).flatMap(calls))).toEqual([]);
  });
});

type Right = BucketUse["may"][number];

/** What each right asks of S3; an upload in parts puts, and takes back what it gave up. */
const bucketCalls: Readonly<Record<Right, (arn: string, prefix: string, endpoint: string) => readonly Call[]>> = {
  get: (arn, prefix, endpoint) => [onObject("s3:GetObject", arn, prefix, endpoint)],
  put: (arn, prefix, endpoint) =>
    ["s3:PutObject", "s3:AbortMultipartUpload"].map((action) => onObject(action, arn, prefix, endpoint)),
  delete: (arn, prefix, endpoint) => [onObject("s3:DeleteObject", arn, prefix, endpoint)],
  list: (arn, prefix, endpoint) => [
    { action: "s3:ListBucket", resource: arn, context: { "s3:prefix": prefix, "aws:SourceVpce": endpoint } },
  ],
};

/** A prefix that ends in a slash holds objects; another is one itself. */
const onObject = (action: string, arn: string, prefix: string, endpoint: string): Call => ({
  action,
  resource: `${arn}/${prefix}${prefix.endsWith("/") ? "2026/object" : ""}`,
  context: { "aws:SourceVpce": endpoint },
});

const keyActions: Readonly<Record<Right, readonly string[]>> = {
  get: ["kms:Decrypt"],
  put: ["kms:Decrypt", "kms:GenerateDataKey"],
  delete: [],
  list: [],
};

/** The key of each bucket that has one of ours. */
const bucketKeys = (stacks: readonly Stack[], rights: Rights) =>
  new Map(
    stacks.flatMap((stack) =>
      stack.all("aws_s3_bucket_server_side_encryption_configuration").flatMap(({ args }): [string, string][] => {
        const key = args.rule[0].apply_server_side_encryption_by_default.kms_master_key_id;
        return key === undefined ? [] : [[rights.resolved(stack, args.bucket), rights.resolved(stack, key)]];
      }),
    ),
  );
