import { init } from "z3-solver";
import type { Space } from "../../../policies/reachability/space/space.ts";

/**
 * An independent solver: sets of IPv4 packets as formulas over bits, in the words of SMT-LIB. `src`, `dst`: 32 bits;
 * `proto`: 8; `port`: 16.
 */
export type Formula = string;

export interface Oracle {
  /** A packet in the one and not in the other, as the solver found it; nothing where there is none. */
  difference(a: Formula, b: Formula): Promise<string | undefined>;
  end(): void;
}

/** Starts the solver. */
export async function startOracle(): Promise<Oracle> {
  const { Context, em } = await init();
  const { Solver } = Context("main");
  return {
    async difference(a, b) {
      const solver = new Solver();
      solver.fromString(`${DECLARED}(assert (xor ${a} ${b}))`);
      return (await solver.check()) === "unsat" ? undefined : solver.model().toString();
    },
    end: () => em.PThread.terminateAllThreads(),
  };
}

const DECLARED =
  "(declare-const src (_ BitVec 32))(declare-const dst (_ BitVec 32))(declare-const proto (_ BitVec 8))(declare-const port (_ BitVec 16))";

const hex = (value: number, bits: number): string => `#x${value.toString(16).padStart(bits / 4, "0")}`;

export const all = (parts: readonly Formula[]): Formula =>
  parts.length === 0 ? "true" : `(and true ${parts.join(" ")})`;
export const any = (parts: readonly Formula[]): Formula =>
  parts.length === 0 ? "false" : `(or false ${parts.join(" ")})`;

const between = (name: string, bits: number, first: number, last: number): Formula =>
  `(and (bvuge ${name} ${hex(first, bits)}) (bvule ${name} ${hex(last, bits)}))`;

const within = (name: string, bits: number, ranges: readonly number[]): Formula =>
  any(ranges.flatMap((first, at) => (at % 2 === 0 ? [between(name, bits, first, Number(ranges[at + 1]))] : [])));

/** An address in a CIDR, by its mask: no ranges are made of it. */
export function inCidr(name: "src" | "dst", cidr: string): Formula {
  const [address = "", prefix = "32"] = cidr.split("/");
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const mask = Number(prefix) === 0 ? 0 : 2 ** 32 - 2 ** (32 - Number(prefix));
  const network = Number(BigInt(value) & BigInt(mask));
  return `(= (bvand ${name} ${hex(mask, 32)}) ${hex(network, 32)})`;
}

export const isProtocol = (number: number): Formula => `(= proto ${hex(number, 8)})`;
export const portBetween = (first: number, last: number, name = "port"): Formula => between(name, 16, first, last);

/** A set of packets as the product has it, box by box; of IPv4 only. */
export const formulaOf = (space: Space): Formula =>
  any(
    space.map(({ from, to, services }) =>
      all([within("src", 32, from.v4), within("dst", 32, to.v4), within("(concat proto port)", 24, services)]),
    ),
  );

/** Rules of which the first that matches decides; what none matches is dropped. */
export const firstOf = (rules: readonly { readonly matches: Formula; readonly accepts: boolean }[]): Formula =>
  rules.reduceRight((rest, { matches, accepts }) => `(ite ${matches} ${accepts} ${rest})`, "false");
