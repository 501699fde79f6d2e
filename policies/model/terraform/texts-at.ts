import type { Value } from "../value.ts";
import type { Block } from "./block.ts";

/** Texts at the end of a way through blocks: `target.id`. */
export function textsAt(block: Block, path: string): readonly Value<string>[] {
  const [first = "", ...rest] = path.split(".");
  return rest.length === 0
    ? block.texts(first).filter((each) => each !== "")
    : block.blocks(first).flatMap((each) => textsAt(each, rest.join(".")));
}
