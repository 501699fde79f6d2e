import { type ResolvedPart, resolveValue } from "../../services/resolve.ts";
import { type Context, pathOf, type Workload } from "./context.ts";
import { meaningOf } from "./meanings.ts";
import { platformVariables } from "./platform-variables.ts";

/** An environment variable of a workload. */
export interface Variable {
  readonly name: string;
  readonly parts: readonly ResolvedPart[];
  /** For whoever reads the example file; absent where the catalogue does not say. */
  readonly meaning?: string;
}

/** Every variable of a workload: those it declares, then those the platform sets. Throws where both name one. */
export function variablesOf(context: Context, workload: Workload): readonly Variable[] {
  const { environment } = workload;
  const set = platformVariables(context, workload);
  const twice = set.find(({ name }) => environment[name] !== undefined);
  if (twice !== undefined) {
    const path = `${pathOf(context, workload)}/environment/${twice.name}`;
    throw new Error(`${path}: must be absent, the platform sets it; got a value`);
  }
  return [
    ...Object.entries(environment).map(([name, value]): Variable => {
      const meaning = meaningOf(name, value);
      return { name, parts: resolveValue(context.resolved, value), ...(meaning === undefined ? {} : { meaning }) };
    }),
    ...set.map(({ name, value, meaning }): Variable => ({ name, parts: [{ kind: "text", text: value }], meaning })),
  ];
}

/** True when a variable holds these words: a path of the platform, mostly. */
export const mentions = (variables: readonly Variable[], words: string): boolean =>
  variables.some(({ parts }) => parts.some((part) => part.kind === "text" && part.text.includes(words)));
