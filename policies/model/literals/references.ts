import { partsOf } from "../terraform/expression.ts";

/**
 * What stands where a secret will be: markers that a host or a deployment fills (`%%secret:production/x/y%%`), variables
 * (`${VAR}`, `$(VAR)`, `$VAR`), templates (`{{ x }}`), files (`/etc/x/password`, `%d/password`) and names of secrets by ARN.
 */
export const isReference = (value: string): boolean => ANYWHERE.test(value) || WHOLE.test(value);

/** In brackets a place is told from its surroundings. */
const ANYWHERE = /%%[a-z0-9-]+:[^%]*%%|\$\{|\$\(|\$__\w*\{|\{\{|\{%/;
/** Without, a secret may begin so: names of variables are of one kind of letter, or have no digits; so have folders. */
const WHOLE =
  /^(?:\$(?:\d|[A-Za-z_]+|[A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]*)|<[A-Za-z][A-Za-z _.-]*>|\{[a-z_]*\}|\.{0,2}\/[a-z._-]*(?:\/.*)?|%[dtST]\/.*|~\/.*|arn:.*|(?:file|ssm):\/.*|env:[A-Z][A-Z0-9_]*)$/;

/**
 * The same of an attribute in Terraform, which knows neither variables of a shell nor files: an expression, an ARN, a marker,
 * a reference that AWS resolves.
 */
export const isReferenceInTerraform = (value: string): boolean =>
  /\$\{|%%[a-z0-9-]+:[^%]*%%|^arn:|^\{\{ ?(?:resolve:)?(?:ssm|secretsmanager|ssm-secure):[^{}]*\}\}$/.test(value);

/** A text as an expression of Terraform has it. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

/** Where a text stands for what is not there: a branch, or what is taken last. */
const INSTEAD = /(?:[?:]\s*|(?:coalesce|try|lookup)\([^()]*,\s*)"((?:[^"\\]|\\.)*)"/g;

/**
 * Texts that an expression may come to, as far as it says: `${sensitive("x")}` is x, whatever it looks like, and
 * `${var.a != "" ? var.a : "x"}` may be.
 */
export const constantsIn = (text: string): readonly string[] =>
  partsOf(text).flatMap((part) => {
    if ("text" in part) return [];
    const refers = /[A-Za-z_]\w*[.[]/.test(part.expression.replaceAll(QUOTED, ""));
    return [...part.expression.matchAll(refers ? INSTEAD : QUOTED)].map(([, constant = ""]) => constant);
  });

/** Words that say how, not what. */
const WORDS = new Set(
  "true false yes no on off none null nil undefined required optional enabled disabled auto prompt string str bytes scram-sha-256".split(
    " ",
  ),
);

/** Values that say nothing of a secret. A short number does: it is a bad one. */
export const saysNothing = (value: string): boolean => WORDS.has(value.toLowerCase());
