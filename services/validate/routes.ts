import type { Entrypoint, Route } from "../schema/entrypoint.ts";
import { repeated } from "./duplicates.ts";
import { type Fault, unless } from "./fault.ts";
import { show, showNames } from "./show.ts";

/** `/`, letters and digits of paths; a `*` at the end alone. */
const PATTERN = /^\/[\w.~{}/-]*\*?$/;

const covers = (earlier: string, later: string) =>
  earlier === later || (earlier.endsWith("*") && later.startsWith(earlier.slice(0, -1)));
const allMethods = (earlier: Route, later: Route) =>
  earlier.methods === undefined || later.methods?.every((method) => earlier.methods?.includes(method)) === true;

/** First match wins: a pattern behind a wider one never matches. */
function shadowed(path: string, routes: readonly Route[]): readonly Fault[] {
  return routes.flatMap((later, index) =>
    later.paths.flatMap((pattern) => {
      const wider = routes
        .slice(0, index)
        .find((earlier) => allMethods(earlier, later) && earlier.paths.some((each) => covers(each, pattern)));
      return unless(
        wider === undefined,
        `${path}/routes/${later.class}/paths`,
        `must come before ${wider?.class}, which matches it first`,
        show(pattern),
      );
    }),
  );
}

/** Patterns that match, in an order where each is reached, up to one that leaves no path without limits. */
export function routeFaults(path: string, { kind, routes }: Entrypoint): readonly Fault[] {
  const last = routes.at(-1);
  const patterns = (where: string, all: readonly string[]) =>
    all.flatMap((each) =>
      unless(PATTERN.test(each), where, 'must begin with "/" and have no * but at the end', show(each)),
    );
  return [
    ...routes.flatMap((route) => patterns(`${path}/routes/${route.class}/paths`, route.paths)),
    ...repeated(
      routes.map(({ class: label }) => ({ value: label, path: `${path}/routes/${label}/class`, by: "another route" })),
    ),
    ...shadowed(path, routes),
    // What is passed through answers 404 on paths of no route; the web has an answer for each.
    ...unless(
      kind === "pass-through" || (last?.methods === undefined && last?.paths.includes("/*") === true),
      `${path}/routes`,
      'must end with a route for "/*" and every method: no path without limits',
      `a last route for ${showNames(last?.paths ?? [])}`,
    ),
  ];
}
