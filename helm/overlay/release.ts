import type { Colour, Release } from "../values/service-values.ts";
import { closed, properties, type Report } from "./given.ts";

const COLOURS: readonly Colour[] = ["blue", "green"];
const DIGEST = /^sha256:(?!0{64}$)[0-9a-f]{64}$/;

/** Given only where faults were noted, and then read by nobody. */
const NONE: Release = { live: "blue", newest: "blue", images: { blue: {}, green: {} } };

/** What a service's release file says: live and newest colour, and a digest for each image of each. */
export function releaseOf(images: readonly string[], given: unknown, report: Report): Release {
  const file = properties("release", given, report);
  if (file === undefined) return NONE;
  closed("release", file, ["live", "newest", "images"], report);
  return {
    live: colour("release/live", file["live"], report),
    newest: colour("release/newest", file["newest"], report),
    images: imagesByColour(file["images"], images, report),
  };
}

function imagesByColour(given: unknown, images: readonly string[], report: Report): Release["images"] {
  const byColour = properties("release/images", given, report);
  if (byColour === undefined) return NONE.images;
  closed("release/images", byColour, COLOURS, report);
  return {
    blue: digests("release/images/blue", byColour["blue"], images, report),
    green: digests("release/images/green", byColour["green"], images, report),
  };
}

function colour(path: string, got: unknown, report: Report): Colour {
  const found = COLOURS.find((each) => each === got);
  if (found === undefined) report(path, `must be ${COLOURS.join(" or ")}`, got);
  return found ?? NONE.live;
}

/** A digest for each of these images. A tag is refused, for it moves; so are zeros, which only stand for a digest. */
export function digests(
  path: string,
  given: unknown,
  images: readonly string[],
  report: Report,
): Readonly<Record<string, string>> {
  const got = properties(path, given, report);
  if (got === undefined) return {};
  closed(path, got, images, report);
  return Object.fromEntries(
    images.map((image) => {
      const digest = got[image];
      if (typeof digest === "string" && DIGEST.test(digest)) return [image, digest];
      report(`${path}/${image}`, "must be a digest, sha256: and 64 hexadecimal digits that are not all zeros", digest);
      return [image, ""];
    }),
  );
}
