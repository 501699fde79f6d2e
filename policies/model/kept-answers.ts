import type { DeclaredEntrypoint } from "./declaration.ts";
import { distributions } from "./distributions.ts";
import { kind } from "./estate.ts";
import { covers, wholePattern } from "./path-patterns.ts";
import type { Place } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import { isUnknown, known, Unknown, type Value } from "./value.ts";

/** How a distribution of a declared entrance treats answers from some paths. */
export interface KeptAnswers {
  readonly at: Place;
  /** `ordered_cache_behavior[2]`. */
  readonly attribute: string;
  /** `/static/*`. */
  readonly pattern: Value<string>;
  /** Seconds for which answers may be kept, and shown to whoever asks next; 0: never. */
  readonly seconds: Value<number>;
  /** Seconds that are declared; 0 for paths of which nothing is. */
  readonly declared: number;
}

/**
 * Cache policies that every account has, and how long each keeps an answer at most (Amazon CloudFront developer guide, "Use
 * managed cache policies", read 2026-11-23): CachingDisabled; others are taken for a year.
 */
const MANAGED: ReadonlyMap<string, number> = new Map([["4135ea2d-6df8-44a3-9df3-4b5a84be39ad", 0]]);
const YEAR = 31_536_000;

/** Every behaviour of every distribution that has the name of a declared entrance. */
export const keptAnswers = kind<KeptAnswers>("answers of an entrance", (estate) => {
  const { declaration, terraform } = estate;
  const entrypoints = (declaration?.services ?? []).flatMap((service) => service.entrypoints);
  return estate.of(distributions).flatMap(({ at, aliases, behaviors }) => {
    const own = entrypoints.filter(({ host }) => aliases.includes(host));
    if (own.length === 0) return [];
    return behaviors.map(({ attribute, block }) => {
      const pattern =
        attribute === "default_cache_behavior" ? "/*" : (block.text("path_pattern") ?? new Unknown("none"));
      return { at, attribute, pattern, seconds: secondsOf(block, terraform), declared: declaredFor(pattern, own) };
    });
  });
});

/** What is declared of all the paths that a pattern matches. */
function declaredFor(pattern: Value<string>, entrypoints: readonly DeclaredEntrypoint[]): number {
  if (isUnknown(pattern)) return 0;
  const kept = entrypoints
    .flatMap(({ cachedPaths = [] }) => cachedPaths)
    .filter(({ paths }) => paths.some((each) => covers(wholePattern(each), wholePattern(pattern))));
  return Math.max(0, ...kept.map(({ seconds }) => seconds));
}

/** By its policy; without one by its own times, whose longest is a year unless it is given. */
function secondsOf(block: Block, terraform: Graph): Value<number> {
  const policy = block.text("cache_policy_id");
  if (policy === undefined) return block.number("max_ttl") ?? YEAR;
  const own = terraform.find(policy, "aws_cloudfront_cache_policy");
  if (own === undefined) return isUnknown(policy) ? policy : (MANAGED.get(policy) ?? YEAR);
  const [least, most] = [own.block.number("min_ttl") ?? 0, own.block.number("max_ttl") ?? YEAR];
  return Math.max(known(least) ?? YEAR, known(most) ?? YEAR);
}
