import { styleText } from "node:util";
import type { Change, Fault, Verdict } from "./verdict.ts";

const signs = {
  added: ["+", "green"],
  moved: ["~", "yellow"],
  changed: ["~", "yellow"],
  forgotten: ["-", "red"],
  left: ["-", "red"],
  cleared: ["-", "red"],
} as const;

/** What changed, a line each; colours only where the stream is a terminal. */
export function changeLines(changes: readonly Change[], stream: NodeJS.WritableStream): string {
  return changes
    .map(({ kind, path, detail }) => {
      const [sign, colour] = signs[kind];
      const words = detail === undefined ? kind : `${kind}: ${detail}`;
      return `${styleText(colour, sign, { stream })} ${path} ${words}\n`;
    })
    .join("");
}

/** What nobody has accepted, and the ways to accept it. */
export function faultLines(faults: readonly Fault[]): string {
  const lines = faults.map(({ path, problem }) => `  ${path}: ${problem}`);
  return [...lines, ...ways(faults)].join("\n");
}

/** How to accept the first fault of each kind; the others go the same way. */
function ways(faults: readonly Fault[]): readonly string[] {
  const acceptable = faults.flatMap(({ waiver }) => (waiver === undefined ? [] : [waiver]));
  const leaving = acceptable.find(({ address, argument }) => address !== undefined && argument === undefined);
  const [first] = acceptable;
  if (first === undefined) return [];
  return [
    "",
    ...(leaving === undefined
      ? []
      : [
          "Renamed? In its stack, so that Terraform moves it:",
          `  stack.addOverride("moved", [{ from: "${leaving.address}", to: "<its new address>" }]);`,
          "No longer managed here, but to be kept?",
          `  stack.addOverride("removed", [{ from: "${leaving.address}", lifecycle: { destroy: false } }]);`,
        ]),
    "To be lost? In stacks/ledger/waivers.yaml:",
    ...Object.entries(first).map(([key, value], at) => `  ${at === 0 ? "-" : " "} ${key}: ${JSON.stringify(value)}`),
    "    reason: <why its loss is right, and where its data is>",
    "    owner: <who answers for it>",
    '    until: "<last day, yyyy-mm-dd>"',
    "Neither? Then undo the change: nothing is lost yet.",
  ];
}

/** Everything, for programs. */
export const jsonText = ({ changes, faults }: Verdict): string => `${JSON.stringify({ changes, faults }, null, 2)}\n`;
