import type { Synthesized } from "../support/synth.ts";

/** A statement of a policy as it stands in the Terraform. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Statements of a policy text by their sid, without the sid. */
export function statementsOf(policy: string): Readonly<Record<string, PolicyStatement>> {
  const { Statement } = JSON.parse(policy);
  return Object.fromEntries(Statement.map(({ Sid, ...rest }: PolicyStatement & { Sid: string }) => [Sid, rest]));
}

/** Arguments of the resource at an address; throws when the stack has none there. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON, read by assertions only.
export function resourceOf(stack: Synthesized, address: string): any {
  const found = stack.all().find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`no resource ${address}`);
  return found.args;
}
