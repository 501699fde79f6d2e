import { isObject, listOf } from "../json.ts";
import type { Block } from "../terraform/block.ts";

/** Where a way through blocks ends: the block that holds the last name, and the way that was really taken. */
export interface End {
  readonly holder: Block;
  readonly name: string;
  readonly attribute: string;
}

/** Ends of a way; `*` in it is a block of any name, for what differs by where data come from. */
export function endsOf(block: Block, way: string, taken = ""): readonly End[] {
  const [first = "", ...rest] = way.split(".");
  if (rest.length === 0) return block.has(first) ? [{ holder: block, name: first, attribute: `${taken}${first}` }] : [];
  const names = first === "*" ? block.names.filter((name) => listOf(block.raw[name]).some(isObject)) : [first];
  return names.flatMap((name) =>
    block.blocks(name).flatMap((each) => endsOf(each, rest.join("."), `${taken}${name}.`)),
  );
}
