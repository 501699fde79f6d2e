import type { Outcome, Tried } from "../../policies/engine/mutation-run.ts";
import { counted } from "../../policies/report/words.ts";

/** What a run came to. */
export interface Mutants {
  readonly tried: readonly Tried[];
  readonly milliseconds: number;
}

const words: Readonly<Record<Exclude<Outcome, "killed">, string>> = {
  survived: "was not noticed",
  idle: "proves nothing",
  broken: "broke the rule or the mutation",
};

/** The environment that everything is asked of; what names none is judged as if it were it. */
const STRICTEST = "production";

/** Those that were not noticed, and the kill rate; of several environments that of each. */
export function textOf({ tried, milliseconds }: Mutants): string {
  const rules = new Set(tried.map(({ slug }) => slug));
  const byEnvironment = [...Map.groupBy(tried, ({ environment }) => environment ?? "outputs")];
  return [
    ...notKilled(tried).map(
      ({ slug, title, environment, outcome, told }) =>
        `${slug}: "${title}"${environment === undefined ? "" : ` in ${environment}`} ${words[outcome]}: ${told}\n`,
    ),
    ...(byEnvironment.length === 1 ? [] : byEnvironment.map(([name, own]) => line(name, own))),
    `mutations ${tried.length} of ${counted(rules.size, "rule")}, noticed ${noticed(tried)}, survived ${count(tried, "survived")}, `,
    `without effect ${count(tried, "idle")}, broken ${count(tried, "broken")}; ${(milliseconds / 1000).toFixed(1)} s\n`,
  ].join("");
}

function line(environment: string, tried: readonly Tried[]): string {
  const others = notKilled(tried).length - failures(tried).length;
  const told = others === 0 ? "" : `; ${others} told only: ${STRICTEST} decides`;
  return `${environment}: noticed ${noticed(tried)} of ${tried.length}${told}\n`;
}

function noticed(tried: readonly Tried[]): string {
  const killed = count(tried, "killed");
  const rate = tried.length === 0 ? 0 : Math.floor((killed / tried.length) * 1000) / 10;
  return `${killed} (${rate} %)`;
}

/** Everything, for programs. */
export const jsonText = ({ tried, milliseconds }: Mutants): string =>
  `${JSON.stringify(
    {
      mutations: tried.length,
      killed: count(tried, "killed"),
      survived: count(tried, "survived"),
      idle: count(tried, "idle"),
      broken: count(tried, "broken"),
      failures: failures(tried).length,
      milliseconds: Math.round(milliseconds),
      tried: tried.map((each) => ({ ...each, environment: each.environment ?? null })),
    },
    undefined,
    2,
  )}\n`;

type NotKilled = Tried & { readonly outcome: Exclude<Outcome, "killed"> };

/**
 * What a run fails by: whatever was not noticed in production, and what broke anywhere. Of other environments less is asked,
 * so that some mutations find nothing to break there, or nothing that is forbidden.
 */
export const failures = (tried: readonly Tried[]): readonly NotKilled[] =>
  notKilled(tried).filter(({ environment = STRICTEST, outcome }) => environment === STRICTEST || outcome === "broken");

/** All that was not noticed. */
const notKilled = (tried: readonly Tried[]): readonly NotKilled[] =>
  tried.filter((each): each is NotKilled => each.outcome !== "killed");

const count = (tried: readonly Tried[], outcome: Outcome): number =>
  tried.filter((each) => each.outcome === outcome).length;
