import type { Entrypoint } from "./entrypoint.ts";
import type { Listener } from "./listener.ts";
import type { Secret } from "./secret.ts";

/**
 * A value of an environment variable or configuration file.
 * What is known only in an environment, or must not be known at all, is a reference and never a string.
 */
export type Value = string | number | boolean | Secret | Reference | Template;

/** Something the environment decides. */
export type Reference =
  /** Host name (or, for a managed store, the after-apply parameter) of whoever owns the listener. */
  | { readonly kind: "host"; readonly of: Listener }
  /** `host:port` of every member that owns the listener, with the separator between them. */
  | { readonly kind: "members"; readonly of: Listener; readonly separator: string }
  /** `https://<host>` of public entrypoints, comma-separated: never `*`. */
  | { readonly kind: "origins"; readonly of: readonly Entrypoint[] }
  /** A fact of the environment. */
  | { readonly kind: "environment"; readonly fact: "name" | "region" | "domain" }
  /** Name of the bucket behind an object store. */
  | { readonly kind: "bucket"; readonly of: { readonly kind: "objects"; readonly name: string } }
  /** ARN of the secret with the administrator of a managed database: an after-apply parameter, as its host is. */
  | { readonly kind: "administrator"; readonly of: { readonly kind: "managed-postgres"; readonly name: string } };

/** Text around references and secrets; one with a secret is put together where it is used, at run time. */
export interface Template {
  readonly kind: "template";
  readonly parts: readonly (string | Secret | Reference)[];
}

export const hostOf = (of: Listener): Reference => ({ kind: "host", of });
/** Separated by a comma unless the client's address format wants something else. */
export const membersOf = (of: Listener, separator = ","): Reference => ({ kind: "members", of, separator });
export const originsOf = (...of: readonly Entrypoint[]): Reference => ({ kind: "origins", of });
export const bucketOf = (of: { readonly kind: "objects"; readonly name: string }): Reference => ({
  kind: "bucket",
  of,
});
export const administratorOf = (of: { readonly kind: "managed-postgres"; readonly name: string }): Reference => ({
  kind: "administrator",
  of,
});
export const environmentName: Reference = { kind: "environment", fact: "name" };
export const environmentRegion: Reference = { kind: "environment", fact: "region" };
export const environmentDomain: Reference = { kind: "environment", fact: "domain" };

/** text`alloc:${environmentName}` */
export const text = (
  strings: TemplateStringsArray,
  ...holes: readonly (Secret | Reference | string | number)[]
): Template => ({
  kind: "template",
  parts: strings.flatMap((part, index) => {
    const hole = holes[index];
    return [part, typeof hole === "number" ? String(hole) : hole].filter(
      (piece): piece is string | Secret | Reference => piece !== undefined && piece !== "",
    );
  }),
});

export type Values = Readonly<Record<string, Value>>;
