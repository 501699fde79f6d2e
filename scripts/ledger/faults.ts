import { isDeepStrictEqual } from "node:util";
import type { Json } from "../validate/stack-json.ts";
import { type Entry, pathOf, stackOf, typeOf } from "./entries.ts";
import { statefulTypes } from "./stateful-types.ts";
import type { Fault } from "./verdict.ts";
import { subjectOf, type Waiver } from "./waivers.ts";

/** An address left the output. Names what it may be called now: a new resource of its type, first one that equals it. */
export function leaves(entry: Entry, added: readonly Entry[]): Fault {
  const { environment, stack, address } = entry;
  const type = typeOf(address);
  const alike = added.filter((other) => stackOf(other) === stackOf(entry) && typeOf(other.address) === type);
  const equal = alike.filter((other) => isDeepStrictEqual(other.arguments, entry.arguments));
  const names = (equal.length > 0 ? equal : alike).map((other) => other.address).join(" or ");
  return {
    path: pathOf(entry),
    problem: `left the output: Terraform would destroy it, and with it goes ${lossOf(type)}${names === "" ? "" : `; renamed to ${names}?`}`,
    waiver: { environment, stack, address },
  };
}

/** Whole stacks left the output: one fault each. */
export function stackLeaves(entries: readonly Entry[]): readonly Fault[] {
  return [...Map.groupBy(entries, stackOf)].flatMap(([path, gone]) => {
    const [first] = gone;
    if (first === undefined) return [];
    const counts = [...Map.groupBy(gone, ({ address }) => typeOf(address))].filter(([type]) => type !== "terraform");
    const held = counts.map(([type, of]) => `${of.length} ${type}`).join(", ");
    return [
      {
        path,
        problem: `the stack left the output: nobody manages what it made any more (${held})`,
        waiver: { environment: first.environment, stack: first.stack },
      },
    ];
  });
}

/** An argument changed that Terraform cannot change in place. */
export function replaced({ environment, stack, address }: Entry, argument: string, was: Json, detail: string): Fault {
  return {
    path: pathOf({ environment, stack, address }),
    problem: `${detail}: Terraform would replace it, and with it goes ${lossOf(typeOf(address))}`,
    waiver: { environment, stack, address, argument, was },
  };
}

/** A waiver that has run out, or that nothing needs: it would let the next change through unseen. */
export function unusable(waiver: Waiver, today: string, isNeeded: boolean): readonly Fault[] {
  const path = `stacks/ledger/waivers.yaml: ${subjectOf(waiver)}`;
  if (waiver.until < today) return [{ path, problem: `expired, until was ${waiver.until}; take it out` }];
  return isNeeded ? [] : [{ path, problem: "nothing needs this waiver; take it out" }];
}

const lossOf = (type: string): string => statefulTypes[type]?.loses ?? type;
