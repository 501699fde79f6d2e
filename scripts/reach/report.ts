import type { Declaration } from "../../policies/model/declaration.ts";
import type { Answer, Question } from "../../policies/reachability/explain/answer.ts";
import { shownLayer } from "../../policies/reachability/explain/layer.ts";
import type { Connection } from "../../policies/reachability/explain/matrix.ts";
import { shownPacket } from "../../policies/reachability/space/packet.ts";
import { shownServices } from "../../policies/reachability/space/services.ts";
import type { Speaks } from "../../policies/reachability/transport/end.ts";

const EXTENT: Readonly<Record<Answer["possible"], string>> = {
  all: "is possible",
  some: "is possible for some addresses or replies only",
  none: "is not possible",
};

const WORDS: Readonly<Record<Speaks, string>> = {
  tls: "TLS, which ends there",
  passes: "whatever comes in is passed on",
  redirect: "clear text, answered by a redirect to TLS only",
  machine: "inside the machine",
  clear: "clear text",
  unknown: "not known to be TLS",
};

/** The answer in words, layer by layer. */
export function answerText({ name }: Declaration, { from, to, protocol, port }: Question, found: Answer): string {
  const { possible, declared, servers, packet, layers } = found;
  const said = declared.length === 0 ? ["  declared: no"] : declared.map(({ id, why }) => `  declared: ${id}, ${why}`);
  const lines = [
    `${name}: ${from} -> ${to}, ${protocol} ${port} ${EXTENT[possible]}`,
    ...said,
    ...(servers.length === 0 ? [] : [`  only to servers called ${servers.join(", ")}`]),
    ...(found.agrees ? [] : ["  not what is declared"]),
    ...(packet === undefined ? [] : [`  a packet ${shownPacket(packet)}`]),
    ...layers.map((layer) => `    ${shownLayer(layer)}`),
    ...(found.hops.length === 0 ? [] : ["  carried"]),
    ...found.hops.map(
      ({ to: next, point, end }) =>
        `    to ${next}, ${shownServices([point, point])}: ${WORDS[end.speaks]} (${end.by})`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

export const answerJson = ({ name }: Declaration, question: Question, found: Answer): string =>
  `${JSON.stringify({ environment: name, ...question, ...found }, null, 2)}\n`;

/** Who can talk to whom: inside, from the internet, to the internet. */
export function matrixText({ name }: Declaration, connections: readonly Connection[]): string {
  const isOutside = (party: string): boolean => party.startsWith("outside/");
  const parts: readonly (readonly [string, readonly Connection[]])[] = [
    ["from beyond the network", connections.filter(({ from }) => isOutside(from))],
    ["to beyond the network", connections.filter(({ to }) => isOutside(to))],
    ["inside", connections.filter(({ from, to }) => !isOutside(from) && !isOutside(to))],
  ];
  const width = Math.max(0, ...connections.map(({ from }) => from.length));
  const target = Math.max(0, ...connections.map(({ to }) => to.length));
  const line = ({ from, to, services, servers }: Connection): string =>
    `  ${from.padEnd(width)} -> ${to.padEnd(target)}  ${services}${servers.length === 0 ? "" : ` (${servers.join(", ")})`}`;
  return `${parts.map(([title, own]) => [`${name}, ${title}: ${own.length}`, ...own.map(line)].join("\n")).join("\n\n")}\n`;
}

export const matrixJson = ({ name }: Declaration, connections: readonly Connection[]): string =>
  `${JSON.stringify({ environment: name, connections }, null, 2)}\n`;
