/** What an identity policy denies, judged as IAM does: written apart from the code that makes the policies. */

/** A call as IAM sees it: what is done, to what, and what else is known of it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition key to value; a key that is missing is missing in the request. */
  readonly context?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Sids of the statements that deny the call; throws on what it does not know how to judge. */
export function deniedBy(policy: string, call: Call): readonly string[] {
  const statements: readonly Statement[] = JSON.parse(policy).Statement;
  return statements
    .filter(({ Effect }) => Effect === "Deny")
    .filter(({ Action }) => Action.some((action) => like(call.action, action)))
    .filter(({ Resource, NotResource }) =>
      NotResource === undefined
        ? (Resource ?? []).some((resource) => like(call.resource, resource))
        : !NotResource.some((resource) => like(call.resource, resource)),
    )
    .filter(({ Condition }) => holds(Condition ?? {}, call))
    .map(({ Sid }) => Sid);
}

function holds(conditions: NonNullable<Statement["Condition"]>, { context = {} }: Call): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    if (operator !== "StringNotEquals") throw new Error(`unknown operator ${operator}`);
    // True where the key is missing: no boundary is not that boundary.
    return Object.entries(keys).every(([key, values]) => !values.includes(context[key] ?? ""));
  });
}

/** `*` stands for any text. */
function like(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const last = index === rest.length - 1;
    const found = last ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return at === text.length;
}
