import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A file that is the key of an authority, or that names one. */
export interface AuthorityKey {
  readonly at: Place;
  /** The paths and commands that do. */
  readonly said: readonly string[];
}

/** `ca.key`, `ca-key.pem`, `rootCA.key`; and what signs with a key of one's own. */
const KEY =
  /[\w./-]*\b(?:ca|root-?ca|intermediate-?ca|authority)[.-]?(?:key(?:\.pem)?|private\.key)\b|openssl\s+(?:ca\s|x509\s[^\n]*-CAkey)[^\n]*/gi;
const HINT = /ca\.key|ca-key|CAkey|openssl ca|CA\.key|authority\.key|authority-key/i;
const COMMENT = /^\s*(?:#|\/\/|;)/;

/** Every file of every host; most say nothing of the kind. */
export const authorityKeys = kind<AuthorityKey>("file of a host for authorities", ({ hosts }) => {
  const known = new Map<string, readonly string[]>();
  const saidIn = (text: string): readonly string[] => {
    const found = known.get(text) ?? (HINT.test(text) ? text.split("\n").flatMap(saidInLine) : []);
    known.set(text, found);
    return found;
  };
  return hosts.flatMap((host) =>
    [...host.files.values()].map(({ path, text }) => ({
      at: placeOfHost(host, path),
      said: [...(HINT.test(path) ? [path] : []), ...saidIn(text)],
    })),
  );
});

const saidInLine = (line: string): readonly string[] =>
  COMMENT.test(line) ? [] : [...line.matchAll(KEY)].map(([found]) => found.trim());
