import { parseArgs } from "node:util";
import { oneOf, UsageError } from "../options.ts";

/** What `npm run lab` can do; those with a host after them say so. */
export const commands = [
  ...["deps", "up", "converge", "verify", "status", "down", "in", "sh", "boot", "reboot", "kill", "wipe"],
  ...["cut", "join", "part", "heal", "freeze", "thaw"],
] as const;
export type Command = (typeof commands)[number];

/** What `npm run lab` was asked for. */
export interface Request {
  readonly command: Command | "help";
  /** Names and words after the command. */
  readonly words: readonly string[];
  readonly state: string;
  readonly environment: string;
  readonly only: readonly string[];
  readonly all: boolean;
  readonly json: boolean;
}

/** Text of `--help`. */
export const usage = `Usage: npm run lab -- COMMAND [options]

Real hosts of one service on this machine: systemd, real addresses, no way out. Needs root. docs/how-to/lab.md

  deps                     apt-get install what it needs
  up SERVICE               start new hosts of a service, and the party that stands for AWS
  converge [OPTION...]     run the service's playbook on them; further options go to ansible-playbook
  verify                   run the checks on converged hosts, and say what is not proven
  status                   what is up
  down                     end it all and remove the hosts' files

  sh HOST [COMMAND...]     a shell or a command in a host; "cloud" is the party that stands for AWS
  in COMMAND...            run beside the hosts: where the controller is, and outsiders
  kill HOST, boot HOST     cut its power; start it (also after a power-off)
  reboot HOST              and wait until it is back
  cut HOST, join HOST      pull its cable; plug it in
  part HOST HOST, heal     drop all packets between two; drop none any more
  freeze HOST, thaw HOST   stop all its processes where they are; let them go on
  wipe HOST                throw the files of a killed host away: it boots as new

  --state DIR              all of one lab is below this folder (default .lab); two folders, two labs
  --environment NAME       of up: dev (default), staging, production
  --only NAME              of verify: this check; may be given more than once
  --all                    of verify: long checks too (docs/how-to/lab.md)
  --json                   of verify and status: machine-readable
  --help                   this text
Options stand before the words of sh, in and converge.

Exit code: 0 done, 1 failed (a check, a playbook, a host), 2 bad input; sh, in: that of the command.`;

/** Commands whose words are handed on as they are. */
const HANDS_ON: readonly string[] = ["sh", "in", "converge"];
/** How many words a command takes. */
const WORDS: Readonly<Partial<Record<Command, number>>> = {
  ...{ up: 1, boot: 1, reboot: 1, kill: 1, wipe: 1, cut: 1, join: 1, part: 2, freeze: 1, thaw: 1 },
};
/** The options that a command takes beside --state and --help. */
const OPTIONS: Readonly<Partial<Record<Command, readonly string[]>>> = {
  up: ["environment"],
  verify: ["only", "all", "json"],
  status: ["json"],
};

/** Where the words begin that are handed on: after the command, and after HOST of `sh`. Options stand before. */
function handedOn(args: readonly string[]): number {
  let at = 0;
  while (at < args.length) {
    const each = args[at] ?? "";
    if (HANDS_ON.includes(each)) break;
    at += each === "--state" || each === "--environment" || each === "--only" ? 2 : 1;
  }
  let end = at + 1;
  while (args[end] === "--state") end += 2;
  return args[at] === undefined ? args.length : end;
}

/** Reads the command line. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const cut = handedOn(args);
  const { values, positionals, given } = read(args.slice(0, cut));
  const { state, environment, only, all, json } = values;
  const [first, ...rest] = positionals;
  // npm leaves a second `--` where a user wrote one before the command of a host.
  const words = [...rest, ...args.slice(cut)].filter((word, index) => word !== "--" || index > 1);
  const asked = { words, state, environment, only, all, json };
  if (values.help || first === "help") return { ...asked, command: "help" };
  const command = oneOf("COMMAND", first, commands);
  if (HANDS_ON.includes(command) && words[0] === "--help" && words.length === 1) return { ...asked, command: "help" };
  const idle = given.find((name) => name !== "state" && OPTIONS[command]?.includes(name) !== true);
  if (idle !== undefined) throw new UsageError(`${command}: takes no --${idle} (see --help)`);
  const expected = WORDS[command] ?? 0;
  if (!HANDS_ON.includes(command) && words.length > expected) {
    throw new UsageError(`${command}: takes ${expected} names, got "${words.join(" ")}" (see --help)`);
  }
  if (command === "in" && words.length === 0) throw new UsageError("in: got no COMMAND (see --help)");
  return { ...asked, command };
}

function read(args: readonly string[]) {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options: {
        state: { type: "string", default: ".lab" },
        environment: { type: "string", default: "dev" },
        only: { type: "string", multiple: true, default: [] },
        all: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
      allowPositionals: true,
      tokens: true,
    });
    return { values, positionals, given: tokens.flatMap((each) => (each.kind === "option" ? [each.name] : [])) };
  } catch (error) {
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(/\.?\n|\. /, 1);
    throw new UsageError(`${message.replace(/\.$/, "")} (see --help)`);
  }
}
