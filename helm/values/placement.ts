import type { ResolvedPart } from "../../services/resolve.ts";
import type { SecretValue, WorkloadValues } from "./service-values.ts";
import type { Variable } from "./variables.ts";

type Fetched = Exclude<ResolvedPart, { readonly kind: "text" }>;

/** Where the driver on the node gets a part from. */
function sourceOf(part: Fetched): SecretValue {
  if (part.kind === "secret") return { secret: part.fullName };
  return part.fact === "endpoint" ? { parameter: part.parameter } : { administrator: part.database };
}

const upper = (name: string) => name.replaceAll("-", "_").toUpperCase();

/** The variable that holds a part of another: `SECRET_DB_APP`, `DATABASE_ENDPOINT`. */
function helperOf(part: Fetched): string {
  if (part.kind === "secret") return `SECRET_${upper(part.name)}`;
  return `${upper(part.database)}_${part.fact === "endpoint" ? "ENDPOINT" : "ADMINISTRATOR"}`;
}

const isFetched = (part: ResolvedPart): part is Fetched => part.kind !== "text";

/** As the kubelet reads it: `$(NAME)` is a variable, `$$` a `$`. */
const composedOf = (parts: readonly ResolvedPart[]): string =>
  parts.map((part) => (isFetched(part) ? `$(${helperOf(part)})` : part.text.replaceAll("$", () => "$$"))).join("");

/** The parts of a variable that is all text, joined; undefined when something must be fetched. */
const plain = ({ parts }: Variable): string | undefined =>
  parts.some(isFetched) ? undefined : parts.map((part) => (isFetched(part) ? "" : part.text)).join("");

/**
 * Where each variable comes from. Text stands in the clear; a secret, a parameter or an administrator alone is fetched;
 * text around such is put together of helper variables. Throws where a helper would hide a variable of the same name.
 */
export function placed(
  path: string,
  variables: readonly Variable[],
): Pick<WorkloadValues, "env" | "secrets" | "composed"> {
  const env = new Map<string, string>();
  const secrets = new Map<string, SecretValue>();
  const composed = new Map<string, string>();
  for (const variable of variables) {
    const text = plain(variable);
    const [only, ...others] = variable.parts.filter(isFetched);
    if (text !== undefined) env.set(variable.name, text);
    else if (only !== undefined && others.length === 0 && variable.parts.length === 1) {
      secrets.set(variable.name, sourceOf(only));
    } else composed.set(variable.name, composedOf(variable.parts));
  }
  for (const variable of variables.filter(({ name }) => composed.has(name))) {
    for (const part of variable.parts.filter(isFetched)) {
      const helper = helperOf(part);
      if (variables.some(({ name }) => name === helper)) {
        throw new Error(
          `${path}/environment/${helper}: must have another name, ${variable.name} is put together of it`,
        );
      }
      secrets.set(helper, sourceOf(part));
    }
  }
  return {
    env: Object.fromEntries(env),
    secrets: Object.fromEntries(secrets),
    composed: Object.fromEntries(composed),
  };
}
