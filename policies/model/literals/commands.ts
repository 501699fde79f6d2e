import { isReference, saysNothing } from "./references.ts";
import { masked, type Spot } from "./shapes.ts";

const WORD = String.raw`'[^'\n]*'|"[^"\n]*"|[^\s"'|;&]+`;
/** Words of a command until one that begins so. */
const until = (option: string): string => String.raw`[\w-]*(?:[ \t]+(?!${option})[^\s|;&]+)*?[ \t]+${option}`;
const OPTION_P = new RegExp(`(?:mysql|mariadb)${until("-p")}(${WORD})`, "y");
const OPTION_P_APART = new RegExp(String.raw`(?:sshpass|mongo)${until("-p")}[ \t]*(${WORD})`, "y");
const OPTION_A = new RegExp(String.raw`redis-cli${until("-a")}[ \t]+(${WORD})`, "y");
const OPTION_U = new RegExp(String.raw`curl${until("(?:-u|--user)")}[ \t=]*["']?[\w.@-]+:(${WORD})`, "y");
/** What cloud-init sets: a line for each user. */
const LINES = /chpasswd:[ \t]*\n(?:[ \t]+\w+:(?:[ \t][^\n]*)?\n)*[ \t]+(?:-[ \t]+)?["']?[\w.-]+:([^\s"']+)/y;
/** What a program is handed, before the program. */
const PIPED = /[\w.-]+:([^\s"'|]+)["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?$/;
/** Longer than such a line. */
const NEAR = 160;

/** Programs that take a password under no name: by their options, mysql(1), sshpass(1), mongosh, redis-cli, curl(1). */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  ...{ mysql: OPTION_P, mariadb: OPTION_P, sshpass: OPTION_P_APART, mongo: OPTION_P_APART },
  ...{ "redis-cli": OPTION_A, curl: OPTION_U, chpasswd: LINES },
};

/** Their names. */
export const programs = Object.keys(OPTIONS);

/** The password that a program, whose name begins at a place, is called with. */
export function handedAt(text: string, program: string, at: number): Spot | undefined {
  const own = OPTIONS[program.toLowerCase()];
  if (own === undefined) return undefined;
  own.lastIndex = at;
  const [whole = "", given] = own.exec(text) ?? [];
  const piped = program === "chpasswd" ? PIPED.exec(text.slice(Math.max(0, at - NEAR), at)) : null;
  const value = (given ?? piped?.[1] ?? "").replace(/^["']|["']$/g, "");
  if (value === "" || /^R(?:ANDOM)?$/.test(value) || isReference(value) || saysNothing(value)) return undefined;
  const before = given === undefined ? (piped?.[0].length ?? 0) : 0;
  return { shape: `a password handed to ${program}`, ...masked(value), start: at - before, end: at + whole.length };
}
