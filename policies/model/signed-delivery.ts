import { distributions, tenantsOf } from "./distributions.ts";
import { type Estate, kind } from "./estate.ts";
import { covers, overlap, wholePattern } from "./path-patterns.ts";
import type { Place } from "./place.ts";
import { type Fault, faultOf, groupsOf } from "./signing-keys.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import { isUnknown, known, shown, Unknown, type Value } from "./value.ts";

/** A distribution, which may hand out what is for those alone who have a signed address. */
export interface SignedDelivery {
  readonly at: Place;
  /** What can be had without one, or with one that somebody else signed. */
  readonly leaks: readonly Leak[];
}

export interface Leak {
  /** `ordered_cache_behavior[2].trusted_key_groups`. */
  readonly attribute: string;
  readonly got: unknown;
  /** The paths that are to be signed. */
  readonly paths: string;
}

/** How a distribution answers some paths. */
interface Behavior {
  readonly attribute: string;
  /** As of whole paths; `*` where nobody knows it. */
  readonly pattern: string;
  readonly isKnown: boolean;
  /** Keys of buckets that it may hand out. */
  readonly keys: readonly Keys[];
  /** What is wrong with whom it asks for a signature; nothing where that is our own keys alone. */
  readonly fault: Fault | undefined;
  /** Whether it is to be signed, well or not. */
  readonly asks: boolean;
  readonly functions: readonly string[];
}

/** A pattern of keys as `bucket/prefix/*`, and what of it stands before the path. */
interface Keys {
  readonly base: string;
  readonly all: string;
}

interface Delivery {
  readonly at: Place;
  /** Patterns of paths that the declaration has signed. */
  readonly declared: readonly string[];
  /** The first whose pattern matches answers: the default one is the last. */
  readonly behaviors: readonly Behavior[];
}

/** Keys of a bucket that are private, and whose distribution says so. */
interface PrivateKeys {
  readonly keys: string;
  readonly of: Delivery;
  readonly isDeclared: boolean;
}

/**
 * Every distribution: what of declared signed paths, of paths that it asks signatures for itself, and of buckets that another
 * one asks them for, can be had without.
 */
export const signedDeliveries = kind<SignedDelivery>("distribution's signed paths", (estate) => {
  const deliveries = estate.of(distributions).map(({ at, resource, aliases, behaviors }): Delivery => {
    const hosts = aliases.map((alias) => known(alias));
    const declared = entrypointsOf(estate).filter(({ host }) => hosts.includes(host));
    const own = behaviors.map(({ attribute, block }) => behaviorOf(attribute, block, resource.block, estate));
    return {
      at,
      declared: declared.flatMap(({ signedPaths = [] }) => signedPaths).map(wholePattern),
      behaviors: [...own.filter(({ attribute }) => attribute !== DEFAULT), ...own.filter(isDefault)],
    };
  });
  const secret = deliveries.flatMap(privateKeysOf);
  return [
    ...deliveries.map((each) => ({ at: each.at, leaks: distinct([...leaksOf(each), ...leaksOfKeys(each, secret)]) })),
    ...tenantsElsewhere(estate),
  ];
});

/** Tenants with a declared name at a distribution that outputs do not show: nobody knows what that asks for. */
const tenantsElsewhere = (estate: Estate): readonly SignedDelivery[] =>
  tenantsOf(estate.terraform).flatMap(({ at, names, distribution, block }) => {
    const hosts = names.map((name) => known(name));
    const declared = entrypointsOf(estate).filter(({ host }) => hosts.includes(host));
    const leaks = declared.flatMap(({ signedPaths = [] }) =>
      signedPaths.map((paths) => ({
        ...{ attribute: "distribution_id", paths },
        got: new Unknown(`what ${shown(block.text("distribution_id"))} asks for`),
      })),
    );
    return distribution !== undefined || leaks.length === 0 ? [] : [{ at, leaks: distinct(leaks) }];
  });

const entrypointsOf = ({ declaration }: Estate) =>
  declaration?.services.flatMap(({ entrypoints }) => entrypoints) ?? [];

function behaviorOf(attribute: string, block: Block, distribution: Block, estate: Estate): Behavior {
  const given = attribute === DEFAULT ? "*" : (block.text("path_pattern") ?? new Unknown("no path_pattern"));
  const pattern = isUnknown(given) ? "/*" : wholePattern(given);
  return {
    attribute,
    pattern,
    isKnown: !isUnknown(given),
    keys: keysOf(block.text("target_origin_id"), pattern, distribution, estate.terraform),
    fault: faultOf(block, estate),
    asks: groupsOf(block) !== "off" || block.has("trusted_signers"),
    functions: ["function_association", "lambda_function_association"].filter((name) => block.blocks(name).length > 0),
  };
}

const DEFAULT = "default_cache_behavior";
const isDefault = ({ attribute }: Behavior): boolean => attribute === DEFAULT;

/** Of an origin, or of each in a group of them, the keys of its bucket that a pattern leads to. */
function keysOf(
  target: Value<string> | undefined,
  pattern: string,
  distribution: Block,
  terraform: Graph,
): readonly Keys[] {
  const members = distribution
    .blocks("origin_group")
    .filter((group) => idOf(group) === shown(target))
    .flatMap((group) => group.blocks("member").map((member) => shown(member.text("origin_id"))));
  const wanted = [shown(target), ...members];
  return distribution
    .blocks("origin")
    .filter((origin) => isUnknown(target) || wanted.includes(idOf(origin)))
    .flatMap((origin) => {
      const bucket = bucketOf(origin.text("domain_name"), terraform);
      const path = (known(origin.text("origin_path")) ?? "").replaceAll(PARAMETER, "*");
      return bucket === undefined ? [] : [{ base: `${bucket}${path}`, all: `${bucket}${path}${pattern}` }];
    });
}

/** Of a distribution of many tenants it has another name. */
const idOf = (origin: Block): string => shown(origin.text("origin_id") ?? origin.text("id"));

/** What each tenant fills in: it may be anything. */
const PARAMETER = /\{\{[^{}]*\}\}/g;

/** The name of the bucket behind a domain of S3, or the address of its resource where only that is known. */
function bucketOf(domain: Value<string> | undefined, terraform: Graph): string | undefined {
  const own = terraform.find(domain, "aws_s3_bucket");
  if (own !== undefined) return known(own.block.text("bucket")) ?? own.address;
  return /^(.+?)\.s3[.-]/.exec((known(domain) ?? "").replaceAll(PARAMETER, "*"))?.[1];
}

/** All that may answer a signed path are asked, up to the one that takes every path that is left. */
function leaksOf({ declared, behaviors }: Delivery): readonly Leak[] {
  const asked = behaviors.filter(({ asks, fault }) => asks && fault !== undefined);
  return [
    ...asked.flatMap((each) => leakOf(each, each.pattern)),
    ...declared.flatMap((paths) => {
      const last = behaviors.findIndex(({ pattern, isKnown }) => isKnown && covers(pattern, paths));
      const answering = behaviors.slice(0, last + 1).filter(({ pattern }) => overlap(pattern, paths));
      return [
        ...answering.flatMap((each) => leakOf(each, paths)),
        ...behaviors.flatMap((each) => bendsOf(each, paths)),
      ];
    }),
  ];
}

function leakOf({ attribute, fault, isKnown }: Behavior, paths: string): readonly Leak[] {
  if (fault === undefined) return [];
  const got = isKnown ? fault.got : new Unknown("which paths it answers");
  return [{ attribute: `${attribute}.${fault.attribute}`, got, paths }];
}

/** Code of its own may ask another origin, or for another path, than the behaviour says. */
const bendsOf = ({ attribute, functions }: Behavior, paths: string): readonly Leak[] =>
  functions.map((name) => ({ attribute: `${attribute}.${name}`, got: new Unknown("what the function does"), paths }));

function privateKeysOf(of: Delivery): readonly PrivateKeys[] {
  const isDeclared = ({ pattern }: Behavior) => of.declared.some((paths) => covers(paths, pattern));
  return of.behaviors
    .filter((each) => each.isKnown && (each.asks || isDeclared(each)))
    .flatMap((each) => each.keys.map(({ all }) => ({ keys: all, of, isDeclared: isDeclared(each) })));
}

/**
 * Another way to the same keys of a bucket: by another distribution, or below another path. What a distribution itself hands
 * out beside its signed paths is an exception that it makes, unless these are declared.
 */
function leaksOfKeys(delivery: Delivery, secret: readonly PrivateKeys[]): readonly Leak[] {
  const leads = (behavior: Behavior, at: number, keys: string): boolean =>
    behavior.keys.some(({ base, all }) => {
      const paths = keys.startsWith(base) ? keys.slice(base.length) : "/*";
      return overlap(all, keys) && !delivery.behaviors.slice(0, at).some((before) => isAsked(before, paths));
    });
  return secret
    .filter(({ of, isDeclared }) => isDeclared || of !== delivery)
    .flatMap(({ keys }) =>
      delivery.behaviors.filter((each, at) => leads(each, at, keys)).flatMap((each) => leakOf(each, keys)),
    );
}

/** Whether a behaviour asks everybody who wants one of these paths for a signature. */
const isAsked = ({ fault, isKnown, pattern }: Behavior, paths: string): boolean =>
  fault === undefined && isKnown && covers(pattern, paths);

/** Of each attribute the first. */
const distinct = (leaks: readonly Leak[]): readonly Leak[] =>
  leaks.filter((leak, at) => leaks.findIndex(({ attribute }) => attribute === leak.attribute) === at);
