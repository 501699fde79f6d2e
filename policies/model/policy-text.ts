import { Block, type Scope } from "./terraform/block.ts";
import { isTemplate, partsOf } from "./terraform/expression.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/**
 * A text with one reference in it, of which the rest is known: `${aws_s3_bucket.dumps.arn}/*`. As a whole it is unknown,
 * and no proof of what it refers to: it names something else, such as the objects of that bucket.
 */
export class Around extends Unknown {
  readonly before: string;
  readonly reference: Unknown;
  readonly after: string;

  constructor(expression: string, before: string, reference: Unknown, after: string) {
    super(expression);
    this.before = before;
    this.reference = reference;
    this.after = after;
  }
}

/** Variables of the policy language, `${aws:username}`: a plan has them as they are, and Terraform has no such expression. */
const OWN_VARIABLE = /^[A-Za-z0-9-]+:[^?]*$/;

/** What a text in a policy document comes to. */
export function policyText(text: string, scope: Scope): Value<string> {
  if (!isTemplate(text)) return new Block({ text }, scope).text("text") ?? text;
  const parts = partsOf(text).map((part) => ("text" in part ? part.text : expressionOf(part.expression, scope)));
  const open = parts.filter(isUnknown);
  const [first] = open;
  if (first === undefined) return parts.join("");
  if (parts.length === 1) return first;
  if (open.length > 1 || first.resource === undefined) return new Unknown(text);
  const at = parts.indexOf(first);
  return new Around(text, parts.slice(0, at).join(""), first, parts.slice(at + 1).join(""));
}

function expressionOf(expression: string, scope: Scope): Value<string> {
  const text = `\${${expression}}`;
  return OWN_VARIABLE.test(expression) ? text : (new Block({ text }, scope).text("text") ?? new Unknown(text));
}
