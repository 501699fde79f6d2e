import fc from "fast-check";
import type { Catalogue } from "../../../services/validate/fault.ts";
import { fixture } from "./fixture.ts";

/** Random catalogues: typed ones for what follows validation, broken ones for validation itself. */

type Place = readonly [owner: object, key: string];

/** Every field and element of a value, once, in a stable order. */
export function places(root: unknown, seen: Set<unknown> = new Set()): readonly Place[] {
  if (typeof root !== "object" || root === null || seen.has(root)) return [];
  seen.add(root);
  return Object.entries(root).flatMap(([key, value]) => [[root, key] as const, ...places(value, seen)]);
}

const read = ([owner, key]: Place): unknown => Reflect.get(owner, key);
const ofType = (type: string) => (place: Place) => typeof read(place) === type;

const numbers = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 60, 61, 443, 8_443, 65_535, 65_536, -1, 0.5, Number.NaN),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER, 86_400, 30 * 86_400),
  fc.integer({ min: -10, max: 100_000 }),
  fc.double(),
);
const texts = fc.oneof(
  fc.constantFrom("", " ", "a", "a-b", "-a", "a--b", "A", "0.0.0.0/0", "10.20.0.0/16", "10.20.0.0/8", "*", "/*", "/"),
  fc.constantFrom("shop", "gate", "http://x", "*.example.org", "2027-01-01", "2026-02-30", "23:59", "24:00", "UTC"),
  fc.string({ maxLength: 300, unit: "binary" }),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/),
);
/** Numbers that may well do as well. */
const near = (value: number) => [value, value + 1, value - 1, value * 2, value / 2];

/** A value of the type that a place has; for texts of a union also another that the union may not have. */
function sameType(value: unknown): fc.Arbitrary<unknown> {
  switch (typeof value) {
    case "number":
      return fc.oneof(numbers, fc.constantFrom<number[]>(...near(value as number)));
    case "string":
      return fc.oneof(texts, fc.constantFrom(`${value}x`, `${value}-x`, `${value}2`));
    case "boolean":
      return fc.boolean();
    default:
      return Array.isArray(value) ? lists(value) : fc.constant(value);
  }
}
/** Fewer of a list's elements, in another order, or one twice. */
const lists = (value: readonly unknown[]): fc.Arbitrary<readonly unknown[]> =>
  fc.oneof(fc.shuffledSubarray([...value]), fc.constant([...value, ...value.slice(0, 1)]));

/** Makes a value where it is put: fast-check itself could not hold a revoked proxy. */
type Maker = () => unknown;

/** What no type allows. */
const junk: fc.Arbitrary<Maker> = fc.oneof(
  fc
    .oneof(
      fc.constantFrom<unknown>(undefined, null, true, 7, Number.NaN, "", "shop", 1n, Symbol("junk")),
      fc.constantFrom<unknown>([], [undefined], [null], {}, { kind: "hosts" }, { kind: "pods" }, { kind: "secret" }),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
    )
    .map((value) => () => value),
  fc.constantFrom("function", "get", "proxy", "revoked", "class", "circle").map((kind) => () => foreign(kind)),
);
/** Objects that only look like data. */
function foreign(kind: string): unknown {
  const fail = () => {
    throw new Error("read");
  };
  switch (kind) {
    case "function":
      return fail;
    case "get":
      return Object.defineProperty({ kind: "hosts" }, "name", { enumerable: true, get: fail });
    case "proxy":
      return new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
    case "revoked": {
      const { proxy, revoke } = Proxy.revocable([], {});
      revoke();
      return proxy;
    }
    case "class":
      return new (class Foreign {
        readonly kind = "pods";
        readonly name = "shop";
      })();
    default: {
      const circle: { after?: unknown; kind: string } = { kind: "job" };
      circle.after = circle;
      return circle;
    }
  }
}

const changed = (
  make: () => Catalogue,
  count: number,
  here: (place: Place) => boolean,
  value: (place: Place) => fc.Arbitrary<Maker>,
): fc.Arbitrary<Catalogue> =>
  fc
    .array(fc.nat(), { minLength: 1, maxLength: count })
    .chain((picks) => {
      const catalogue = make();
      const all = places(catalogue).filter(here);
      const chosen = picks.flatMap((pick) => all.slice(pick % all.length, (pick % all.length) + 1));
      return fc.tuple(fc.constant({ catalogue, chosen }), fc.tuple(...chosen.map(value)));
    })
    .map(([{ catalogue, chosen }, values]) => {
      for (const [index, [owner, key]] of chosen.entries()) {
        Reflect.set(owner, key, values[index]?.());
      }
      return catalogue;
    });

const isTyped = (place: Place) =>
  ["number", "string", "boolean"].some((type) => ofType(type)(place)) || Array.isArray(read(place));

/**
 * A catalogue with up to `count` fields changed to others of the same type: numbers, texts, flags, lists.
 * Some are sound, most are not; those that validation lets through must make a valid stack.
 * Objects of `shared` stay as they are: catalogues that come later hold them too.
 */
export const typedChanges = (
  make: () => Catalogue,
  count: number,
  shared: ReadonlySet<object> = new Set(),
): fc.Arbitrary<Catalogue> =>
  changed(
    make,
    count,
    (place) => isTyped(place) && !shared.has(place[0]),
    (place) => sameType(read(place)).map((value) => () => value),
  );

/** The fixture with up to six such changes. */
export const typedCatalogues: fc.Arbitrary<Catalogue> = typedChanges(() => fixture().catalogue, 6);

/** The fixture with up to six values anywhere replaced by what a cast could let in. */
export const brokenCatalogues: fc.Arbitrary<Catalogue> = changed(
  () => fixture().catalogue,
  6,
  () => true,
  () => junk,
);
