import { secretName } from "../../services/names.ts";
import { type ResolvedPart, type ResolvedService, resolveValue } from "../../services/resolve.ts";
import type { Secret } from "../../services/schema/secret.ts";
import type { Value } from "../../services/schema/value.ts";

/**
 * Markers stand in variables and templates where a host puts a value that nobody else may see, with its own role:
 * `%%secret:dev/ticketing/db-app%%`, or `%%parameter:/dev/pki/broker-crl%%` for what only apply knows.
 */
const marker = (kind: "secret" | "sha256" | "parameter", name: string): string => `%%${kind}:${name}%%`;

/** Stands for a secret's value. */
export const secretMarker = ({ environment, service }: ResolvedService, { name }: Secret): string =>
  marker("secret", secretName(environment, service, name));

/** Stands for the SHA-256 of a secret's value in hexadecimal digits, as Redis' access lists take it. */
export const digestMarker = ({ environment, service }: ResolvedService, { name }: Secret): string =>
  marker("sha256", secretName(environment, service, name));

/** How long the value before the current one stays good. */
const overlapOf = ({ rotation }: Secret): number => (rotation.by === "platform" ? rotation.overlap : 0);

const previousMarker = (kind: "secret" | "sha256", { environment, service }: ResolvedService, secret: Secret): string =>
  `%%${kind}-previous:${secretName(environment, service, secret.name)}:${overlapOf(secret)}%%`;

/** Stands for the value before the current one while the overlap of its rotation lasts, then for the current one. */
export const previousSecretMarker = (resolved: ResolvedService, secret: Secret): string =>
  previousMarker("secret", resolved, secret);

/** Stands for the SHA-256 of that. */
export const previousDigestMarker = (resolved: ResolvedService, secret: Secret): string =>
  previousMarker("sha256", resolved, secret);

/** Stands for a parameter that only apply knows. */
export const parameterMarker = (parameter: string): string => marker("parameter", parameter);

function partText(part: ResolvedPart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "secret":
      return marker("secret", part.fullName);
    case "after-apply":
      return parameterMarker(part.parameter);
  }
}

/** A value of the catalogue as text, with markers for what is fetched on the host. */
export const valueText = (resolved: ResolvedService, value: Value): string =>
  resolveValue(resolved, value).map(partText).join("");
