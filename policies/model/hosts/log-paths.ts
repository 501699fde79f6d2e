import { type SyslogBlock, syslogBlocksOf } from "./syslog-ng.ts";

/** What of a path of logs keeps lines from leaving the host. */
export interface LogFault {
  readonly name: string;
  readonly fault: string;
}

const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|'[^']*'/g;
const BLOCK = /([\w-]+)([^;{}]*)\{([^{}]*)\}/g;
/** Whatever is in these is on the way of every line; what an `if` holds lets the others pass. */
const ON_THE_WAY: ReadonlySet<string> = new Set(["junction", "channel", "log"]);
const JOURNAL = /\b(?:systemd-journal|system)\s*\(/;

/**
 * Paths of syslog-ng by which lines get lost, `blocks` being those of the text and `isRemote` what is sent to another host: no
 * path leads there, not from
 * the journal, not from a source, not past a filter, or only while the other host is there.
 */
export function faultyPaths(
  text: string,
  blocks: readonly SyslogBlock[],
  isRemote: (body: string) => boolean,
): readonly LogFault[] {
  const sources = blocks.filter(({ kind, name }) => kind === "source" && name !== "");
  const remote = blocks.filter(({ kind, body }) => kind === "destination" && isRemote(body)).map(({ name }) => name);
  const paths = blocks.filter(({ kind }) => kind === "log").map(({ body }) => pathOf(body, remote, isRemote));
  const leaving = paths.filter(({ leaves }) => leaves);
  if (leaving.length === 0) return [{ name: "log", fault: "no path of logs leads to another host" }];
  return [
    ...sources.flatMap((source) => faultOf(source, paths)),
    ...(sources.some(({ body }) => JOURNAL.test(body)) || leaving.some(({ way }) => JOURNAL.test(way))
      ? []
      : [{ name: "source", fault: "nothing reads the journal" }]),
    ...leaving.flatMap(({ way }) =>
      /\bflags\([^)]*\bflow-control\b/.test(way) || /\bdisk-buffer\s*\(/.test(text)
        ? []
        : [{ name: "log", fault: "no flow-control: lines are dropped while the other host is away" }],
    ),
  ];
}

interface LogPath {
  /** What every line passes. */
  readonly way: string;
  readonly leaves: boolean;
}

function pathOf(body: string, remote: readonly string[], isRemote: (body: string) => boolean): LogPath {
  const own = syslogBlocksOf(body).some((each) => each.kind === "destination" && isRemote(each.body));
  const way = wayOf(body);
  return { way, leaves: own || namedIn(way, "destination").some((name) => remote.includes(name)) };
}

/** Without texts, and without what only some lines pass. */
function wayOf(body: string): string {
  let way = body.replaceAll(QUOTED, (text) => text.slice(1, -1).replaceAll(/\W/g, "_"));
  for (let before = ""; before !== way; ) {
    before = way;
    way = way.replaceAll(BLOCK, (_, kind: string, _more: string, inner: string) =>
      ON_THE_WAY.has(kind) ? ` ${inner} ` : ` ${kind}() `,
    );
  }
  return way;
}

const namedIn = (way: string, kind: "source" | "destination"): readonly string[] =>
  [...way.matchAll(new RegExp(`\\b${kind}\\(\\s*([\\w-]*)`, "g"))].map(([, name = ""]) => name);

/** What keeps the lines of a source: filters on each of its ways out, or a path before them that ends there. */
function faultOf({ name }: SyslogBlock, paths: readonly LogPath[]): readonly LogFault[] {
  const own = paths.filter(({ way }) => namedIn(way, "source").includes(name));
  const out = own.filter(({ leaves }) => leaves);
  if (out.length === 0) return [{ name, fault: "no path of logs leads to another host" }];
  if (out.every(({ way }) => /\b(?:filter|parser)\s*\(|\bflags\([^)]*\bfallback\b/.test(way)))
    return [{ name, fault: "a filter, or a parser that a line may not pass, on its way out" }];
  const ended = own.slice(0, own.indexOf(out[0] as LogPath)).some(({ way }) => /\bflags\([^)]*\bfinal\b/.test(way));
  return ended ? [{ name, fault: "a path that is final comes before its way out" }] : [];
}
