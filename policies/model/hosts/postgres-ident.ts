/** A line of pg_ident.conf: which account of a host comes as which login. */
export interface IdentEntry {
  readonly line: string;
  readonly account: string;
  readonly login: string;
  /** Whether it stands for a file of more lines. */
  readonly included: boolean;
}

const INCLUDE = /^include(?:_if_exists|_dir)?$/;

/** Nothing for an empty line or a comment. */
export function identEntryOf(line: string): readonly IdentEntry[] {
  const words = [...line.replace(/#.*/, "").matchAll(/"[^"]*"|\S+/g)].map(([word]) => word.replaceAll('"', ""));
  const [map, account = "", login = ""] = words;
  return map === undefined ? [] : [{ line, account, login, included: INCLUDE.test(map) && words.length === 2 }];
}

/** Any login, those of a group, those of a pattern, or what a pattern of accounts has found (PostgreSQL 18, 20.2, 2026-11-23). */
const MANY = /^(?:all$|\/|\+)|\\1/;

/** What of a line lets more in than one account as one login; nothing: it does not. */
export function broadIn({ account, login }: IdentEntry, superuser: string): string | undefined {
  if (account.startsWith("/")) return "one account of the host, by its name";
  if (MANY.test(login)) return "one login, by its name";
  return login === superuser && account !== login ? "a login that may not do everything" : undefined;
}
