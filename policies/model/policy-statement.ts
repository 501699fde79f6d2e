import type { Value } from "./value.ts";

/** A policy document of AWS, of an identity, a role's trust or a resource. Every text may be unknown on its own. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

/** One statement; whichever of one or many a document gives, here it is a list. */
export interface Statement {
  readonly sid: Value<string> | undefined;
  readonly effect: Value<string>;
  /** `except`: NotAction. */
  readonly actions: Matched;
  /** `except`: NotResource. Absent in trust policies and where the resource that carries the policy is meant. */
  readonly resources: Matched | undefined;
  /** `except`: NotPrincipal. Absent in policies of identities. */
  readonly principals: Principals | undefined;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** What one of these patterns matches; with `except`, everything that none of them matches. */
export interface Matched {
  readonly except: boolean;
  readonly patterns: readonly Value<string>[];
}

export interface Principals {
  readonly except: boolean;
  readonly all: readonly Principal[];
}

/** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for a plain `"*"`; and who. */
export interface Principal {
  readonly type: Value<string>;
  readonly who: Value<string>;
}

/** One key under one operator: holds where one of the values does. */
export interface Condition {
  /** `Bool`, `StringEquals`: without what stands before and behind it. */
  readonly operator: string;
  readonly qualifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Holds, too, where the request has no such key. */
  readonly ifExists: boolean;
  /** In lower case, since letters do not count: `aws:securetransport`. */
  readonly key: string;
  readonly values: readonly Value<string>[];
}

/** `ForAnyValue:StringLikeIfExists` in its parts. */
export function operatorOf(given: string): Pick<Condition, "operator" | "qualifier" | "ifExists"> {
  const [, qualifier, operator = given, suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(given) ?? [];
  return {
    operator,
    qualifier: qualifier === "ForAllValues" || qualifier === "ForAnyValue" ? qualifier : undefined,
    ifExists: suffix !== undefined,
  };
}

/** Whether principals are everybody, in whichever of its spellings. Unknown ones may be anybody, and are not everybody. */
export const isEverybody = (principals: Principals | undefined): boolean =>
  principals !== undefined &&
  !principals.except &&
  principals.all.some(({ type, who }) => who === "*" && (type === "*" || type === "AWS"));
