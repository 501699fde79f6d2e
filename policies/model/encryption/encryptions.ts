import { type Estate, kind } from "../estate.ts";
import { isObject } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { regionOf } from "../region.ts";
import { templatedJson } from "../templated-json.ts";
import { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { analytics } from "./analytics.ts";
import { databases } from "./databases.ts";
import { followingOf } from "./following.ts";
import { messages } from "./messages.ts";
import { platform } from "./platform.ts";
import type { Spot, Spots } from "./spot.ts";
import { volumes } from "./volumes.ts";

/** How something is encrypted at rest. */
export interface Encryption {
  readonly at: Place;
  readonly resource: Resource;
  /** `the root volume`. */
  readonly what: string;
  /** Whether it is encrypted, and where that is said. */
  readonly on: { readonly attribute: string; readonly value: Value<boolean> };
  /** The way of encrypting, where it is named, and those that take a key of KMS. */
  readonly mode:
    | { readonly attribute: string; readonly value: Value<string>; readonly kms: readonly string[] }
    | undefined;
  /** The key. Absent: there is no key to choose. */
  readonly key: { readonly attribute: string; readonly value: Value<string> | undefined } | undefined;
}

const SPOTS: Spots = { ...volumes, ...databases, ...messages, ...platform, ...analytics };

/** Everything that is encrypted at rest, or should be. Buckets are a kind of their own. */
export const encryptions = kind<Encryption>("encryption at rest", (estate) =>
  estate.terraform
    .ofType(...Object.keys(SPOTS))
    .flatMap((resource) => (SPOTS[resource.type] ?? []).flatMap((spot) => readSpot(spot, resource, estate))),
);

function readSpot(spot: Spot, resource: Resource, estate: Estate): readonly Encryption[] {
  const steps = spot.at?.split(".") ?? [];
  const way = [...(spot.json === undefined ? [] : [spot.json]), ...steps.map((step) => step.replace("[]", ""))];
  const isDeep = spot.json !== undefined && steps.length > 0;
  return blocksAt(isDeep ? inText(resource.block, spot.json) : resource.block, steps)
    .filter((block) => block === undefined || concerned(spot, block, resource))
    .map((block) => (spot.json === undefined || isDeep || block === undefined ? block : inText(block, spot.json)))
    .map((block) => {
      const place = (name: string) => [...way, name].join(".");
      const own = spot.account === undefined ? undefined : accountOf(resource, estate);
      const { on, off, as, mode, key } = spot;
      const key0 = key.find((name) => block?.has(name)) ?? key[0];
      const follows = followingOf(spot, resource);
      return {
        at: placeOfResource(resource),
        resource,
        what: spot.what,
        on: {
          attribute: isUnknown(follows)
            ? place(spot.follows ?? "")
            : place(on?.name ?? off ?? as?.name ?? mode?.name ?? key0 ?? ""),
          value: isOn(spot, block, own?.encrypted === true, follows),
        },
        mode:
          mode === undefined
            ? undefined
            : { attribute: place(mode.name), value: block?.text(mode.name) ?? mode.default, kms: mode.kms },
        key: key0 === undefined ? undefined : { attribute: place(key0), value: block?.text(key0) ?? own?.key },
      };
    });
}

/** What a text of JSON says, as a block. */
function inText({ raw, scope }: Block, attribute: string): Block {
  const given = raw[attribute];
  const json = typeof given === "string" ? templatedJson(given) : given;
  return isObject(json) ? new Block(json, scope) : new Block({}, scope, new Unknown(String(given)));
}

function isOn(
  { on, off, as }: Spot,
  block: Block | undefined,
  byAccount: boolean,
  follows: ReturnType<typeof followingOf>,
): Value<boolean> {
  if (isUnknown(follows)) return follows;
  // AWS refuses a key for the replica of what is not encrypted.
  if (follows === "a key of its own") return true;
  if (off !== undefined) {
    const flag = block?.flag(off) ?? false;
    return typeof flag === "boolean" ? !flag : flag;
  }
  if (as !== undefined) return block !== undefined && isConfigured(block, as.name, as.type);
  if (on === undefined) return true;
  // Whoever says that it is not is not mended by the account: one day it is another one.
  return block?.flag(on.name) ?? (byAccount || on.default);
}

/** Whether a configuration is named; of one that outputs do not show, nobody knows what it says. */
function isConfigured(block: Block, name: string, type: string): Value<boolean> {
  const named = block.text(name);
  if (named === undefined) return false;
  return block.scope.graph.find(named, type) !== undefined || (isUnknown(named) ? named : new Unknown(named));
}

/** Blocks at the end of a way; one that must be there and is not is `undefined`. */
function blocksAt(block: Block, steps: readonly string[]): readonly (Block | undefined)[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [block];
  const found = block.blocks(step.replace("[]", ""));
  if (found.length === 0) return step.endsWith("[]") || rest.some((each) => each.endsWith("[]")) ? [] : [undefined];
  return found.flatMap((each) => blocksAt(each, rest));
}

/** Whether a spot is used at all. */
function concerned(spot: Spot, block: Block, resource: Resource): boolean {
  const { when, unless = [] } = spot;
  if (unless.some((name) => resource.block.has(name)) || followingOf(spot, resource) === "its source") return false;
  if (when === undefined) return true;
  if (when.is === "given") return block.has(when.name);
  const value = block.text(when.name) ?? when.default;
  // Of what nobody knows, it is assumed.
  return known(value) === undefined ? value !== undefined : value === when.is;
}

/** What the account's settings do to volumes that say nothing, in the region of a resource. */
function accountOf(resource: Resource, { terraform }: Estate) {
  const region = regionOf(resource);
  const here = (type: string) => terraform.ofType(type).find((each) => regionOf(each) === region);
  const encrypted = here("aws_ebs_encryption_by_default");
  return {
    encrypted: encrypted !== undefined && (encrypted.block.flag("enabled") ?? true) === true,
    key: here("aws_ebs_default_kms_key")?.block.text("key_arn"),
  };
}
