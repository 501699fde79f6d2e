/** What paths of the catalogue are made of: no quote and no backslash, which NGINX would read as its own. */
const PATTERN = /^\/[\w.~{}/-]*\*?$/;

const literal = (text: string): string => text.replaceAll(/[.{}]/g, "[$&]");

/**
 * The regular expression, without its anchor in front, of path patterns, as it stands in a quoted string of NGINX:
 * `/status` is that path alone, `/api/*` all that begins so. `\z` and not `$`, before which a line feed may stand.
 * Throws for what is no pattern.
 */
export function pathExpression(path: string, patterns: readonly string[]): string {
  const wrong = patterns.find((pattern) => !PATTERN.test(pattern));
  if (patterns.length === 0 || wrong !== undefined) {
    throw new Error(`${path}: must be paths like /status or /api/*, got ${wrong ?? "none"}`);
  }
  const all = patterns.map((pattern) =>
    pattern.endsWith("*") ? literal(pattern.slice(0, -1)) : `${literal(pattern)}\\z`,
  );
  return `(?:${all.join("|")})`;
}
