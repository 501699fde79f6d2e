import { existsSync } from "node:fs";
import { join } from "node:path";
import { readArtefacts } from "../../policies/artefacts/read.ts";
import type { Declaration } from "../../policies/model/declaration.ts";
import type { Estate } from "../../policies/model/estate.ts";
import { answer, partyNames } from "../../policies/reachability/explain/answer.ts";
import { matrix } from "../../policies/reachability/explain/matrix.ts";
import { UsageError } from "../options.ts";
import { answerJson, answerText, matrixJson, matrixText } from "./report.ts";
import { parseRequest, type ReachRequest } from "./request.ts";
import { usage } from "./usage.ts";

/** How it ended, and what it prints. */
export interface ReachEnded {
  /** 1: the answer is not what is declared. */
  readonly code: 0 | 1;
  readonly stdout: string;
}

/** Answers a question, or prints the matrix. Throws an error of one line where it cannot. */
export function run(args: readonly string[]): ReachEnded {
  const request = parseRequest(args);
  if (request.help) return { code: 0, stdout: `${usage}\n` };
  const { estate, declaration } = chosen(readArtefacts(request.artefacts), request);
  if (request.question === undefined) {
    const connections = matrix(estate, declaration);
    return {
      code: 0,
      stdout: request.json ? matrixJson(declaration, connections) : matrixText(declaration, connections),
    };
  }
  const { from, to } = request.question;
  const question = {
    ...request.question,
    from: party(estate, declaration, "--from", from),
    to: party(estate, declaration, "--to", to),
  };
  const found = answer(estate, declaration, question);
  const stdout = request.json ? answerJson(declaration, question, found) : answerText(declaration, question, found);
  return { code: found.agrees ? 0 : 1, stdout };
}

const PREFERRED = "production";

function chosen(
  estates: readonly Estate[],
  { environment, artefacts }: ReachRequest,
): { readonly estate: Estate; readonly declaration: Declaration } {
  const names = estates.map((each) => each.environment ?? "");
  const wanted = environment ?? (names.includes(PREFERRED) || names.length > 1 ? PREFERRED : names[0]);
  const estate = estates.find((each) => each.environment === wanted);
  if (estate === undefined) {
    throw new UsageError(
      `--environment: got "${wanted ?? ""}", ${artefacts} has ${names.filter(Boolean).join(", ") || "none"}`,
    );
  }
  if (estate.declaration === undefined) {
    const index = join(artefacts, "index.json");
    if (!existsSync(index)) throw new UsageError(`--artefacts: ${artefacts} has no index.json, which says who is who`);
    const declared = estates.flatMap((each) => each.declaration?.name ?? []);
    throw new UsageError(
      `--environment: got "${wanted ?? ""}", of those that are there ${index} declares ${declared.join(", ") || "none"}`,
    );
  }
  return { estate, declaration: estate.declaration };
}

/** A party by its name; what is beyond the network, and the platform, by the last word too. */
function party(estate: Estate, declaration: Declaration, option: string, name: string): string {
  const names = partyNames(estate, declaration);
  const found = names.find((each) => [name, `outside/${name}`, `platform/${name}`].includes(each));
  if (found !== undefined) return found;
  const like = names.filter((each) => each.includes(name) || each.split("/")[0] === name.split("/")[0]);
  const hint = like.length > 0 ? like : names;
  throw new UsageError(`${option}: got "${name}", allowed are ${hint.join(", ")}`);
}
