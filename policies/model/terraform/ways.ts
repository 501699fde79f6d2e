import type { Value } from "../value.ts";
import type { Block } from "./block.ts";

/** Blocks at the end of a way but for its last name, and that name: of `a.b.c`, all `b` in all `a`, and `c`. */
export function holdersOf(block: Block, way: string): readonly [holders: readonly Block[], name: string] {
  const steps = way.split(".");
  const name = steps.pop() ?? "";
  return [steps.reduce<readonly Block[]>((all, step) => all.flatMap((each) => each.blocks(step)), [block]), name];
}

/** The first of them, if there is one. */
export function holderOf(block: Block, way: string): readonly [holder: Block | undefined, name: string] {
  const [[first], name] = holdersOf(block, way);
  return [first, name];
}

/** Texts at the end of a way through blocks: `target.id`. */
export function textsAt(block: Block, way: string): readonly Value<string>[] {
  const [holders, name] = holdersOf(block, way);
  return holders.flatMap((each) => each.texts(name)).filter((each) => each !== "");
}
