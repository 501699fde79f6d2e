import type { Block } from "../terraform/block.ts";
import { holderOf } from "../terraform/ways.ts";
import type { Value } from "../value.ts";

/** What a database says of itself, and where it says it; the documented default where it says nothing. */
export interface Trait<Type> {
  readonly attribute: string;
  readonly value: Value<Type>;
}

/** Reads a trait of a resource. */
export type Read<Type> = (block: Block) => Trait<Type>;

/** A number under a name, or in a block: `point_in_time_recovery.days`. */
export const number =
  (attribute: string, absent: number): Read<number> =>
  (block) => {
    const [holder, name] = holderOf(block, attribute);
    return { attribute, value: holder?.number(name) ?? absent };
  };

/** A flag under a name, or in a block. */
export const flag =
  (attribute: string, absent: boolean): Read<boolean> =>
  (block) => {
    const [holder, name] = holderOf(block, attribute);
    return { attribute, value: holder?.flag(name) ?? absent };
  };

/** Whether a text is one of some. */
export const oneOf =
  (attribute: string, absent: string, ...good: readonly string[]): Read<boolean> =>
  (block) => {
    const { value } = text(attribute, absent)(block);
    return { attribute, value: typeof value === "string" ? good.includes(value) : value };
  };

/** Whether nothing is said under a name. */
export const without =
  (attribute: string): Read<boolean> =>
  (block) => ({ attribute, value: !block.has(attribute) });

/** A text under a name, or in a block. */
export const text =
  (attribute: string, absent: string): Read<string> =>
  (block) => {
    const [holder, name] = holderOf(block, attribute);
    return { attribute, value: holder?.text(name) ?? absent };
  };
