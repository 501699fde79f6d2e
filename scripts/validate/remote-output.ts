import type { Expression } from "./expression.ts";
import type { Json } from "./stack-json.ts";

/** Finds the stub of another stack's output, for an output that only passes a value on. */
export type ForeignOutput = (remote: string, output: string) => Json;

/** `data.terraform_remote_state.<stack>.outputs.<output>`, by attribute or by index. */
export function remoteOutput(of: Expression, output: string): { stack: string; output: string } | undefined {
  if (of.kind !== "attribute" || of.name !== "outputs" || of.of.kind !== "attribute") {
    return undefined;
  }
  const data = of.of.of;
  const isRemote =
    data.kind === "attribute" &&
    data.name === "terraform_remote_state" &&
    data.of.kind === "name" &&
    data.of.name === "data";
  return isRemote ? { stack: of.of.name, output } : undefined;
}
