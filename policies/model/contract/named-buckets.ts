import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A file of a host that names buckets. */
export interface NamedBuckets {
  readonly at: Place;
  readonly names: readonly string[];
}

/** `s3://NAME`, `repo1-s3-bucket=NAME`, `bucket_name: NAME`, `"bucket": "NAME"`. */
const NAMED = /(?:\bs3:\/\/|bucket(?:[_-]?names?)?["']?\s*[:=]\s*["']?)([a-z\d][a-z\d.-]{2,62})/gi;
const COMMENT = /^\s*(?:#|\/\/|;)/;

const KNOWN = {};

/** Every file of every host that names a bucket. */
export const namedBuckets = kind<NamedBuckets>("file of a host that names buckets", ({ hosts, memory }) => {
  const known = memory.once(KNOWN, () => new Map<string, readonly string[]>());
  const namesIn = (text: string): readonly string[] => {
    const found =
      known.get(text) ?? (/s3:\/\/|bucket/i.test(text) ? [...new Set(text.split("\n").flatMap(namesOf))] : []);
    known.set(text, found);
    return found;
  };
  return hosts.flatMap((host) =>
    [...host.files.values()].flatMap(({ path, text }): readonly NamedBuckets[] => {
      const names = namesIn(text);
      return names.length === 0 ? [] : [{ at: placeOfHost(host, path), names }];
    }),
  );
});

const namesOf = (line: string): readonly string[] =>
  COMMENT.test(line) ? [] : [...line.matchAll(NAMED)].map(([, name = ""]) => name);
