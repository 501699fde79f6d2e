import { Token } from "cdktf";
import { type Acceptance, checkAcceptance } from "../acceptance.ts";
import { actionsWithoutResource } from "./actions-without-resource.ts";

/** Operator, key, values: `{ StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] } }`; all must hold. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What is allowed, as data. There is no wildcard action, no NotAction and, in what is allowed, no NotResource to write down. */
export interface Statement {
  /** Letters and digits, unique in the policy. */
  readonly sid: string;
  /** Full names such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, or `*` for actions that have no resource level. */
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why this statement may name every resource although its actions have a resource level. */
  readonly anyResource?: Acceptance;
}

/** What a role must never do, whatever else allows it: for roles whose rights AWS writes, such as administrators. */
export interface Denial {
  /** Letters and digits, unique in the policy. */
  readonly sid: string;
  /** Full names such as `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** On these only; default: on every resource. */
  readonly resources?: readonly string[];
  /** On every resource but these; never together with `resources`. */
  readonly exceptResources?: readonly string[];
  /** Only where these hold; a negated operator holds too where the request lacks its key. Default: always. */
  readonly conditions?: Conditions;
}

/**
 * The JSON of an identity policy; the same statements in any order of their parts give the same text.
 *
 * Throws on a wildcard in an action, on an allowed resource `*` without need or acceptance, on what is no ARN, on an ARN
 * of every service or whose resource part is `*`, on a sid that is malformed or used twice.
 */
export function policyDocument(statements: readonly Statement[], denials: readonly Denial[] = []): string {
  checkSids([...statements, ...denials]);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [...statements.map(allowed), ...denials.map(denied)],
  });
}

/** The JSON of a role's one inline policy. Throws what `policyDocument` throws, and past the 10,240 characters of IAM. */
export function inlinePolicy(path: string, statements: readonly Statement[], denials: readonly Denial[] = []): string {
  return withinLimit(path, policyDocument(statements, denials), 10_240);
}

/**
 * The JSON of a permissions boundary: everything but what is denied. It allows nobody anything; what a role may do is
 * what its own policies allow of that. Throws what `policyDocument` throws, and past the 6,144 characters of IAM.
 */
export function boundaryDocument(path: string, denials: readonly Denial[]): string {
  checkSids(denials);
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "AllElse", Effect: "Allow", Action: "*", Resource: "*" }, ...denials.map(denied)],
  });
  return withinLimit(path, text, 6_144);
}

function checkSids(parts: readonly { readonly sid: string }[]): void {
  const sids = parts.map(({ sid }) => sid);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (sids.length === 0 || twice !== undefined) {
    throw new Error(`policy: sids must be at least one and unique, got ${twice ?? "none"}`);
  }
}

function withinLimit(path: string, text: string, limit: number): string {
  if (text.length > limit) {
    throw new Error(`${path}: policy must have at most ${limit} characters, got ${text.length}`);
  }
  return text;
}

function checkWords(sid: string, actions: readonly string[], resources: readonly string[]): void {
  if (!/^[A-Za-z0-9]+$/.test(sid)) throw new Error(`policy: sid must be letters and digits, got "${sid}"`);
  if (actions.length === 0 || resources.length === 0) {
    throw new Error(`policy ${sid}: actions and resources must not be empty`);
  }
  for (const action of actions) {
    if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) {
      throw new Error(`policy ${sid}: action must be a full name without wildcard, got "${action}"`);
    }
  }
}

function denied({ sid, actions, resources, exceptResources, conditions }: Denial) {
  if (resources !== undefined && exceptResources !== undefined) {
    throw new Error(`policy ${sid}: must name resources or exceptResources, got both`);
  }
  checkWords(sid, actions, exceptResources ?? resources ?? ["*"]);
  return {
    Sid: sid,
    Effect: "Deny",
    Action: sorted(actions),
    ...(exceptResources === undefined
      ? { Resource: sorted(resources ?? ["*"]) }
      : { NotResource: sorted(exceptResources) }),
    ...conditionOf(conditions),
  };
}

function allowed({ sid, actions, resources, conditions, anyResource }: Statement) {
  checkWords(sid, actions, resources);
  if (anyResource !== undefined) checkAcceptance(`policy ${sid}: anyResource`, anyResource);
  for (const resource of resources) checkResource(sid, resource, actions, anyResource !== undefined);
  return {
    Sid: sid,
    Effect: "Allow",
    Action: sorted(actions),
    Resource: sorted(resources),
    ...conditionOf(conditions),
  };
}

function checkResource(sid: string, resource: string, actions: readonly string[], accepted: boolean): void {
  if (resource === "*") {
    const scoped = actions.find((action) => !actionsWithoutResource.has(action));
    if (scoped !== undefined && !accepted) {
      throw new Error(
        `policy ${sid}: resource "*" needs anyResource with a reason, for ${scoped} has a resource level`,
      );
    }
    return;
  }
  // What Terraform fills in later starts with a token and is an ARN by its type.
  if (Token.isUnresolved(resource)) return;
  const [arn, , service, , , ...rest] = resource.split(":");
  if (arn !== "arn" || rest.length === 0) {
    throw new Error(`policy ${sid}: resource must be an ARN, got "${resource}"`);
  }
  if (service === undefined || /^$|[*?]/.test(service) || (/^[*?/]*$/.test(rest.join(":")) && !accepted)) {
    throw new Error(`policy ${sid}: resource must name its service and more than "*", got "${resource}"`);
  }
}

const sorted = (values: readonly string[]) => [...new Set(values)].sort();

const conditionOf = (conditions: Conditions | undefined) =>
  conditions === undefined ? {} : { Condition: sortedConditions(conditions) };

const sortedConditions = (conditions: Conditions) =>
  Object.fromEntries(
    Object.entries(conditions)
      .sort(byKey)
      .map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys)
            .sort(byKey)
            .map(([key, values]) => [key, sorted(values)]),
        ),
      ]),
  );

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
