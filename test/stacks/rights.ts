import type { Stack } from "../support/estate.ts";
import type { Call } from "./denials.ts";

/**
 * What a role may do at secrets, parameters, keys and buckets, judged as IAM does on the Terraform of one environment:
 * its own policy, its boundary, and the policy of the resource. Written apart from the code that makes the policies.
 */

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policies of one environment, what stands in place of values that only apply knows. */
export interface Rights {
  /** Text with every reference to another resource in it replaced by what it will be, or by a name of its own. */
  resolved(stack: Stack, text: string): string;
  /** Why the host may not; undefined when it may. The host is named by its tag. */
  refusal(host: string, call: Call): string | undefined;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === "string" ? [value] : (value ?? []);

/** Secrets Manager ends each ARN of a secret in six letters of its own. */
export const secretArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;

export const parameterArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter${name}`;

/** The rights that the stacks of one environment give. */
export function rightsOf(stacks: readonly Stack[], place: Place): Rights {
  const stackNamed = (name: string) => stacks.find((stack) => stack.name === name);

  const arnOf = (stack: Stack, type: string, name: string): string => {
    const args = stack.json.resource[type]?.[name] ?? {};
    if (type === "aws_secretsmanager_secret") return secretArn(place, args.name);
    if (type === "aws_ssm_parameter") return parameterArn(place, args.name);
    if (type === "aws_s3_bucket") return `arn:aws:s3:::${args.bucket}`;
    if (type === "aws_kms_key") return `arn:aws:kms:${place.region}:${place.account}:key/${stack.name}/${name}`;
    if (type === "aws_iam_role") return `arn:aws:iam::${place.account}:role/${args.name}`;
    return `arn:aws:made:${place.region}:${place.account}:${type}/${stack.name}/${name}`;
  };

  const handedOn = (name: string, output: string, key?: string): string | undefined => {
    const earlier = stackNamed(name);
    const value = earlier?.json.output?.[output]?.value;
    const text = key === undefined ? value : value?.[key];
    return earlier === undefined || typeof text !== "string" ? undefined : resolved(earlier, text);
  };
  const own = (stack: Stack, type: string, name: string, attribute: string): string => {
    const { [attribute]: known, bucket } = stack.json.resource[type]?.[name] ?? {};
    if (attribute === "id" && type === "aws_s3_bucket") return bucket;
    return attribute !== "arn" && typeof known === "string" ? resolved(stack, known) : arnOf(stack, type, name);
  };
  const reference = (stack: Stack, expression: string): string => {
    const [, from = "", output = "", key] =
      /^data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)(?:\["([^"]+)"\])?$/.exec(expression) ?? [];
    const [, type = "", name = "", attribute = ""] = /^(aws_\w+)\.([\w-]+)\.(\w+)$/.exec(expression) ?? [];
    return (type === "" ? handedOn(from, output, key) : own(stack, type, name, attribute)) ?? expression;
  };
  const resolved = (stack: Stack, text: string): string =>
    text.replaceAll(/\$\{([^}]+)\}/g, (_, expression: string) => reference(stack, expression));

  const statements = (stack: Stack, policy: string): readonly Statement[] =>
    JSON.parse(policy, (_, value) => (typeof value === "string" ? resolved(stack, value) : value)).Statement;

  const policies = new Map<string, readonly Statement[]>(
    stacks.flatMap((stack) => [
      ...stack
        .all("aws_kms_key")
        .map(({ type, name, args }) => [arnOf(stack, type, name), statements(stack, args.policy)] as const),
      ...stack
        .all("aws_secretsmanager_secret_policy")
        .map(({ args }) => [resolved(stack, args.secret_arn), statements(stack, args.policy)] as const),
      ...stack
        .all("aws_s3_bucket_policy")
        .map(({ args }) => [`arn:aws:s3:::${resolved(stack, args.bucket)}`, statements(stack, args.policy)] as const),
    ]),
  );
  const aliases = new Map(
    stacks.flatMap((stack) =>
      stack.all("aws_kms_alias").map(({ args }) => [resolved(stack, args.target_key_id), args.name as string] as const),
    ),
  );
  const boundaries = new Map(
    stacks.flatMap((stack) =>
      stack
        .all("aws_iam_policy")
        .map(
          ({ args }) => [`arn:aws:iam::${place.account}:policy/${args.name}`, statements(stack, args.policy)] as const,
        ),
    ),
  );

  const roleOf = (host: string) => {
    for (const stack of stacks) {
      const instance = stack.all("aws_instance").find(({ args }) => args.tags.Name === host);
      if (instance === undefined) continue;
      const profile = resolved(stack, instance.args.iam_instance_profile);
      const role = stack.all("aws_iam_role").find(({ args }) => args.name === profile);
      const inline = stack.all("aws_iam_role_policy").find(({ args }) => resolved(stack, args.role) === profile);
      const boundary = boundaries.get(role?.args.permissions_boundary);
      if (role === undefined || inline === undefined || boundary === undefined) break;
      return { arn: arnOf(stack, role.type, role.name), policy: statements(stack, inline.args.policy), boundary };
    }
    throw new Error(`${host}: no instance with a role, a policy and a boundary`);
  };

  return {
    resolved,
    refusal(host, call) {
      const { arn, policy, boundary } = roleOf(host);
      const alias = aliases.get(call.resource);
      const known = { ...plain(place), "aws:PrincipalArn": arn, ...(alias && { "kms:ResourceAliases": alias }) };
      const asked = { ...call, context: { ...known, ...call.context } };
      const bucket = /^arn:aws:s3:::[^/]+/.exec(call.resource)?.[0];
      const resource = policies.get(bucket ?? call.resource) ?? [];
      const [denial] = [...policy, ...boundary, ...resource].filter((each) => applies(each, "Deny", asked));
      if (denial !== undefined) return `${call.action} ${call.resource}: denied by ${denial.Sid}`;
      const allows = (statements: readonly Statement[]) => statements.some((each) => applies(each, "Allow", asked));
      if (!allows(policy)) return `${call.action} ${call.resource}: not allowed by the role`;
      if (!allows(boundary)) return `${call.action} ${call.resource}: not allowed by the boundary`;
      // A key's own policy alone lets anybody use it.
      return call.action.startsWith("kms:") && !allows(resource)
        ? `${call.action} ${call.resource}: not allowed by the key`
        : undefined;
    },
  };
}

/** What is so in every call of a host. */
const plain = ({ account, region }: Place) => ({
  "aws:PrincipalAccount": account,
  "aws:ResourceAccount": account,
  "aws:RequestedRegion": region,
  "aws:SecureTransport": "true",
  "s3:TlsVersion": "1.3",
});

function applies(statement: Statement, effect: Statement["Effect"], call: Required<Call>): boolean {
  const { Effect, Action, Resource, NotResource, Condition } = statement;
  // A key's policy says `*` of itself, and a secret's too.
  const covers = (patterns: string | readonly string[]) => list(patterns).some((each) => like(call.resource, each));
  return (
    Effect === effect &&
    list(Action).some((action) => like(call.action, action)) &&
    (NotResource === undefined ? covers(Resource ?? []) : !covers(NotResource)) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, call.context[key], list(values))),
    )
  );
}

type Operator = (given: string | undefined, values: readonly string[]) => boolean;

const isLike: Operator = (given, values) => given !== undefined && values.some((value) => like(given, value));
const equals: Operator = (given, values) => given !== undefined && values.includes(given);
/** A negated operator holds too where the key is missing. */
const operators: Readonly<Record<string, Operator>> = {
  // No request here has more than one value.
  "ForAnyValue:StringEquals": equals,
  ArnLike: isLike,
  ArnNotLike: (given, values) => !isLike(given, values),
  Bool: equals,
  Null: (given, values) => values.includes(String(given === undefined)),
  NumericLessThan: (given, values) => given !== undefined && values.some((value) => Number(given) < Number(value)),
  StringEquals: equals,
  StringLike: isLike,
  StringNotEquals: (given, values) => !equals(given, values),
  StringNotLike: (given, values) => !isLike(given, values),
};

function holds(name: string, given: string | undefined, values: readonly string[]): boolean {
  const operator = operators[name];
  if (operator === undefined) throw new Error(`unknown operator ${name}`);
  return operator(given, values);
}

/** `*` stands for any text, `?` for one letter. */
const like = (text: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
