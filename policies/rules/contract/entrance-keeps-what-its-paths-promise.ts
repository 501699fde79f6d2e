import { objection, rule } from "../../engine/rule.ts";
import { pathPromises } from "../../model/tls/path-promises.ts";

/** A web ACL that stops attacks may let everybody in where the catalogue says that few may come. */
export const entranceKeepsWhatItsPathsPromise = rule({
  id: "ONE-016",
  slug: "entrance-keeps-what-its-paths-promise",
  severity: "high",
  title:
    "Hidden paths answer nobody, narrowed ones their audience, and every class of paths has its limit at the web ACL",
  why: "Figures of programs, administration and logins stand on the same address as the site: only these rules keep them apart.",
  fix: "Let the web ACL come from the entrypoint: hidden, audience and rate of its routes, with URL_DECODE, NORMALIZE_PATH and LOWERCASE.",
  appliesTo: pathPromises,
  requirements: [],
  needsDeclaration: true,
  check: ({ broken }) => broken.map(({ at, got, expected }) => objection("rule", got, expected, at)),
});
