import type { Json } from "../validate/stack-json.ts";
import type { Difference } from "./compare.ts";
import type { Engine } from "./engines.ts";
import type { MissingBinding } from "./imports.ts";

/** What came of a comparison. */
export interface Comparison {
  /** The engine of package.json, and the archived one. */
  readonly engines: readonly [Engine, Engine];
  /** With any of these, nothing was synthesized. */
  readonly missing: readonly MissingBinding[];
  readonly differences: readonly Difference[];
  readonly stacks: number;
  readonly resources: number;
}

/** For a person: the verdict last. */
export function text({ engines, missing, differences, stacks, resources }: Comparison): string {
  const [ours, theirs] = engines.map(({ name }) => name);
  const lines = [
    ...missing.map(({ file, binding }) => `${file}: imports ${binding}, which ${theirs} lacks`),
    ...differences.flatMap(({ stack, address, attribute, values }) => [
      `${[stack, address, attribute].filter((part) => part !== "").join("  ")}`,
      `  ${ours}: ${shown(values[0])}`,
      `  ${theirs}: ${shown(values[1])}`,
    ]),
  ];
  const count = missing.length + differences.length;
  const verdict =
    count === 0
      ? `the same Terraform JSON from both (stacks: ${stacks}, resources: ${resources})\n  ${ours}\n  ${theirs}`
      : `${count} ${missing.length > 0 ? "missing" : "different"}`;
  return [...lines, verdict].join("\n");
}

/** For a program; a value that is not written is null. */
export const json = ({ engines, ...rest }: Comparison): string =>
  JSON.stringify({ engines: engines.map(({ name }) => name), ...rest }, null, 2);

const shown = (value: Json | undefined): string => (value === undefined ? "not written" : JSON.stringify(value));
