import type { Context } from "./context.ts";
import { matches } from "./variables.ts";

/** What becomes of a request that NGINX sends to another place of its server. */
export type Lead = "answers" | "hands on" | "unknown";

const DEEPEST = 8;
/** Modules that ask another place for something more of their own accord. */
const SUBREQUESTS = ["mirror", "auth_request", "add_before_body", "add_after_body"];
/** A redirect: the caller is told where to go. */
const ELSEWHERE = /^(?:https?:\/\/|\$\{?scheme\b)/;

const passes = (context: Context): boolean => context.names.some((name) => name.endsWith("_pass"));

/** Where the target of `error_page` or `try_files` leads: `@name`, a path, or what is told to the caller. */
export function leadOf(server: Context, target: string, depth = 0): Lead {
  if (!server.all.some(passes)) return "answers";
  if (ELSEWHERE.test(target) || target.startsWith("=")) return "answers";
  if (target.includes("$") || depth > DEEPEST) return "unknown";
  if (!/^[/@]/.test(target)) return "answers";
  const [path = ""] = target.split("?");
  if (target.startsWith("/")) {
    // A path goes through what the server rewrites once more, a name does not.
    const done = rewritten(server, path);
    if (done !== undefined) return done;
  }
  const places = target.startsWith("@") ? named(server, target) : placesOf(server, path);
  return together(places.map((place) => leadIn(server, place, path, depth)));
}

/** Locations of a server that the target of an `error_page` may be. */
export function ledTo(server: Context, target: string): readonly Context[] {
  if (target.startsWith("@")) return named(server, target);
  if (target.includes("$")) return server.below("location");
  return target.startsWith("/") ? placesOf(server, target.split("?")[0] ?? "") : [];
}

/** A name that no location bears is an error. */
const named = (server: Context, name: string): readonly Context[] =>
  locationsOf(server).filter(({ directive }) => directive?.words[0] === name);

function together(leads: readonly Lead[]): Lead {
  if (leads.every((lead) => lead === "answers")) return "answers";
  return leads.every((lead) => lead === "hands on") ? "hands on" : "unknown";
}

/** What a server's own `return` and `rewrite` make of a path; nothing where it goes on to a location. */
function rewritten(server: Context, path: string): Lead | undefined {
  const outcomes = server.own("rewrite").map((each) => {
    const matched = matches(`~${each.words[0] ?? ""}`, path);
    if (matched === false) return "stays";
    return matched === true && isRedirect(each.words) ? "answers" : "unknown";
  });
  const first = outcomes.find((each) => each !== "stays");
  if (first !== undefined) return first;
  const conditions = server.children.filter(({ kind }) => kind === "if");
  if (conditions.some((each) => each.own("rewrite").some(({ words }) => !isRedirect(words)))) return "unknown";
  return returns(server) ? "answers" : undefined;
}

const isRedirect = (words: readonly string[]): boolean =>
  ["redirect", "permanent"].includes(words[2] ?? "") || ELSEWHERE.test(words[1] ?? "");

/** `return` outside of conditions, which comes before all that hands on, unless a `break` keeps it from being reached. */
const returns = (context: Context): boolean => context.own("return").length > 0 && !scopeOf(context).some(breaks);

const breaks = (context: Context): boolean =>
  context.own("break").length > 0 || context.own("rewrite").some(({ words }) => words[2] === "break");

const locationsOf = (context: Context): readonly Context[] =>
  context.children.filter(({ kind }) => kind === "location");

/** A block with its conditions, without locations in it. */
const scopeOf = (context: Context): readonly Context[] => [
  context,
  ...context.children.filter(({ kind }) => kind !== "location").flatMap(scopeOf),
];

/** The location of a path as ngx_http_core_find_location finds it; several where an expression may match or not. */
function placesOf(context: Context, path: string): readonly Context[] {
  const locations = locationsOf(context).map((location) => {
    const [, how = "", what = ""] = /^(=|\^~|~\*?|)([\s\S]*)$/.exec(location.directive?.words.join("") ?? "") ?? [];
    return { location, how, what };
  });
  const exact = locations.find(({ how, what }) => how === "=" && what === path);
  if (exact !== undefined) return [exact.location];
  const [prefix] = locations
    .filter(({ how, what }) => ["", "^~"].includes(how) && path.startsWith(what))
    .sort((a, b) => b.what.length - a.what.length);
  const outer = prefix?.location ?? context;
  const nested = prefix === undefined ? [context] : placesOf(outer, path);
  if (prefix?.how === "^~") return nested;
  const found: Context[] = [];
  for (const { location, how, what } of locations.filter((each) => each.how.startsWith("~"))) {
    const matched = matches(`${how}${what}`, path);
    if (matched !== false) found.push(...placesOf(location, path));
    // What is nested in a prefix may come first.
    if (matched === true) return nested[0] === outer ? found : [...found, ...nested];
  }
  return [...found, ...nested];
}

/** What one location does with a request of NGINX' own. */
function leadIn(server: Context, place: Context, path: string, depth: number): Lead {
  const scope = scopeOf(place);
  const leaves = scope.some((each) =>
    each.own("rewrite").some(({ words }) => words[2] !== "break" && !isRedirect(words)),
  );
  if (place !== server && leaves) return "unknown";
  // A second error would be sent on once more.
  if (place.isOn("recursive_error_pages", false)) return "unknown";
  if (returns(place)) return "answers";
  if (scope.some(passes)) return "hands on";
  if (SUBREQUESTS.some((name) => place.word(name, "off") !== "off")) return "unknown";
  const tried = place.own("try_files").at(-1)?.words.at(-1);
  if (tried !== undefined) return leadOf(server, tried, depth + 1);
  // A folder is asked again with the name of its index.
  return path.endsWith("/") ? "unknown" : "answers";
}
