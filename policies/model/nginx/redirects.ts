import type { Context } from "./context.ts";
import type { Trap } from "./traps.ts";
import { Variables } from "./variables.ts";

/** Of the name that was asked for: a page of others cannot make a browser ask by another. */
const OWN: ReadonlySet<string> = new Set([
  ...["scheme", "host", "http_host", "server_name", "ssl_server_name", "server_port", "server_addr", "hostname"],
]);
/** A path in which slashes are merged: it is never a host. */
const NORMAL: ReadonlySet<string> = new Set(["uri", "document_uri"]);
/** What ends the name of a host. */
const PATHS: ReadonlySet<string> = new Set([...NORMAL, "request_uri", "is_args"]);
const SPLITTING = /\$\{?(?:document_)?uri\b/;
const REDIRECTS = /^30[12378]$/;
const DEEPEST = 4;

/** Where a block sends callers, and what it writes into heads of answers and requests, if a caller may choose it. */
export const redirects = (context: Context, at: string, server: Context): readonly Trap[] => [
  ...targetsOf(context)
    .filter(({ target }) => {
      if (!target.includes("$")) return false;
      return valuesOf(target, server, new Variables(server.parent, server)).some(leavesChoice);
    })
    .map(({ name, target }) => ({
      attribute: `${at}: ${name}`,
      got: target,
      expected: "a host that is written here: links to ours must not end elsewhere",
    })),
  ...[...targetsOf(context), ...headsOf(context)]
    .filter(({ target }) => SPLITTING.test(target))
    .map(({ name, target }) => ({
      attribute: `${at}: ${name}`,
      got: target,
      expected: "$request_uri: $uri is decoded, and a line break in it begins another header",
    })),
];

interface Said {
  readonly name: string;
  readonly target: string;
}

/** `return 302 x`, `return x`, `rewrite y x permanent`, `rewrite y https://x`, `error_page 404 =301 x`. */
const targetsOf = (context: Context): readonly Said[] => [
  ...context.own("return").flatMap(({ words }) => {
    const [first = "", second] = words;
    const [code, target] = second === undefined ? ["302", first] : [first, second];
    return REDIRECTS.test(code) ? [{ name: "return", target }] : [];
  }),
  ...context.own("rewrite").flatMap(({ words: [, target = "", flag = ""] }) => {
    const isRedirect = /^(?:redirect|permanent)$/.test(flag) || /^(?:https?:\/\/|\$scheme)/.test(target);
    return isRedirect ? [{ name: "rewrite", target }] : [];
  }),
  ...context.own("error_page").flatMap(({ words }) => {
    const target = words.at(-1) ?? "";
    return /^https?:|^\$/.test(target) ? [{ name: "error_page", target }] : [];
  }),
];

const headsOf = (context: Context): readonly Said[] =>
  ["add_header", "add_trailer", "proxy_set_header", "grpc_set_header"].flatMap((name) =>
    context.own(name).map(({ words }) => ({ name: `${name} ${words[0]}`, target: words[1] ?? "" })),
  );

/** Whether a caller writes the host, or a path that is one: `//example.org`. */
function leavesChoice(target: string): boolean {
  const beyond = /^(?:https?|\$\{?scheme\}?):\/\/(.*)$/.exec(target)?.[1];
  if (beyond !== undefined) return namesIn(authorityOf(beyond)).some((name) => !OWN.has(name));
  const [first = ""] = namesIn(target);
  if (target.startsWith("$")) return !NORMAL.has(first) && first !== "scheme";
  return target.startsWith("/$") && !NORMAL.has(first) && !/^\d$/.test(first);
}

/** `www.example.org` of `www.example.org/a`, of `www.example.org$request_uri`. */
function authorityOf(beyond: string): string {
  const [authority = ""] = beyond.split(/[/?#]/);
  const path = namesIn(authority).find((name) => PATHS.has(name));
  return path === undefined ? authority : authority.slice(0, authority.search(new RegExp(`\\$\\{?${path}\\b`)));
}

/** Names of variables, of numbered parts of expressions, too. */
const namesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);

/** What a text may be, where variables of it are some that are written out: by `map`, or by `set`. */
function valuesOf(target: string, server: Context, variables: Variables, depth = 0): readonly string[] {
  for (const name of depth < DEEPEST ? namesIn(target) : []) {
    const given = server.all.flatMap((each) => each.own("set")).filter(({ words }) => words[0] === `$${name}`);
    const values =
      given.length > 0 ? given.map(({ words }) => words[1] ?? "") : variables.valuesOf(`$${name}`, "anything");
    if (values.some((value) => namesIn(value).includes(name))) continue;
    const place = new RegExp(`\\$(?:\\{${name}\\}|${name}\\b)`, "g");
    return values.flatMap((value) =>
      valuesOf(
        target.replaceAll(place, () => value),
        server,
        variables,
        depth + 1,
      ),
    );
  }
  return [target];
}
