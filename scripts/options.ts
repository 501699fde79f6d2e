import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** A fault of whoever called: one line with what is wrong, the value got and what is allowed; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Values of these options, as Node types them. */
type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ readonly options: Options }>
>["values"];

/**
 * Reads the options of a command line, and nothing but options; `--no-<name>` negates where `allowNegative` says so.
 * Throws UsageError: the first sentence of Node's own words, with where to read on.
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  { allowNegative = false }: { readonly allowNegative?: boolean } = {},
): Values<Options> {
  try {
    return parseArgs({ args: [...args], options, allowNegative }).values;
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/\.?\n|\. /, 1);
    throw new UsageError(`${first.replace(/\.$/, "")} (see --help)`);
  }
}

/** What a command was asked for that compares what is committed with what should be, and writes it. */
export interface CheckRequest {
  /** Compare, and write nothing. */
  readonly check: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** How such a command ended, and what it prints. */
export interface CheckEnded {
  /** 1: what is committed is not what should be. */
  readonly code: 0 | 1;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reads the command line of such a command. Throws UsageError. */
export const parseCheckRequest = (args: readonly string[]): CheckRequest =>
  parseOptions(args, {
    check: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });

/** The one of these names that was given. Throws UsageError. */
export function oneOf<const Name extends string>(
  option: string,
  given: string | undefined,
  allowed: readonly Name[],
): Name {
  const found = allowed.find((each) => each === given);
  if (found !== undefined) return found;
  throw new UsageError(
    `${option}: got ${given === undefined ? "nothing" : `"${given}"`}, allowed are ${allowed.join(", ")}`,
  );
}

/** A whole number from 1. Throws UsageError. */
export function wholeNumber(option: string, given: string, most: number): number {
  const number = Number(given);
  if (given.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(`${option}: got "${given}", must be a whole number from 1 to ${most}`);
}
