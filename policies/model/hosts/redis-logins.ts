/** A user of Redis' access list. */
export interface RedisLogin {
  readonly name: string;
  readonly on: boolean;
  /** Whether any password opens it. */
  readonly open: boolean;
  /** Whether a command, or `command|sub`, is allowed, by its rules or by a selector's: they count in their order. */
  readonly may: (command: string) => boolean;
  /** Rules that are none of Redis'. */
  readonly unread: readonly string[];
}

/** Commands that administer, which are dangerous, too. */
const ADMIN = [
  ...["acl", "config", "debug", "module", "replicaof", "slaveof"],
  ...["save", "bgsave", "shutdown", "failover", "sentinel"],
];

/** Commands that touch everything there is. */
const WHOLE = ["flushall", "flushdb", "migrate", "restore", "swapdb"];

/** Commands by category, of those that rules ask for (ACL CAT of Redis 8.0, read 2026-11-22). */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  admin: ADMIN,
  dangerous: [...ADMIN, ...WHOLE, "keys"],
  slow: [...ADMIN, ...WHOLE, "keys"],
  keyspace: [...WHOLE, "keys"],
  write: WHOLE,
  read: ["keys"],
};
/** What a rule may be (Redis documentation, ACL, read 2026-11-23). */
const KNOWN =
  /^(?:on|off|nopass|resetpass|reset|[<>#!].+|[~&].*|%\w*~.*|(?:all|reset)(?:keys|channels)|[+-]@?[\w.|-]+|(?:all|no)commands|(?:skip-)?sanitize-payload|clearselectors)$/;

/** Logins of lines `user NAME rule ...`. Without a line for it, `default` may do everything, with `requirepass` or without. */
export function loginsOf(lines: readonly (readonly string[])[], password: string): readonly RedisLogin[] {
  const given = lines.filter(([first]) => first === "user").map(([, name = "", ...rules]) => loginOf(name, rules));
  if (given.some(({ name }) => name === "default")) return given;
  return [loginOf("default", ["on", password === "" ? "nopass" : `>${password}`, "+@all"]), ...given];
}

function loginOf(name: string, rules: readonly string[]): RedisLogin {
  // A new user can do nothing; `default` can do everything until its line says otherwise.
  const begin = name === "default" ? ["on", "nopass", "+@all"] : ["off"];
  const { own, selectors } = apart(rules.map((rule) => rule.toLowerCase()));
  const all = [...begin, ...own];
  const passwords = all.filter((rule) => /^(?:nopass|resetpass|reset|[>#])/.test(rule));
  const from = passwords.findLastIndex((rule) => rule === "resetpass" || rule === "reset");
  return {
    name,
    on: all.findLast((rule) => rule === "on" || rule === "off" || rule === "reset") === "on",
    open: passwords.slice(from + 1).includes("nopass"),
    may: (command) =>
      [all, ...selectors].some((each) => each.reduce((allowed, rule) => after(allowed, rule, command), false)),
    unread: [...own, ...selectors.flat()].filter((rule) => !KNOWN.test(rule)),
  };
}

/** Rules of a user, and of each of its selectors, `(+get ~cache:*)`: what any of them allows, it may. */
function apart(rules: readonly string[]): { readonly own: string[]; readonly selectors: string[][] } {
  const own: string[] = [];
  let selectors: string[][] = [];
  let inside: string[] | undefined;
  for (const rule of rules) {
    if (rule.startsWith("(")) {
      inside = [];
      selectors.push(inside);
    }
    if (rule === "clearselectors" || rule === "reset") selectors = [];
    const bare = inside === undefined ? rule : rule.replace(/^\(|\)$/g, "");
    if (bare !== "") (inside ?? own).push(bare);
    if (inside !== undefined && rule.endsWith(")")) inside = undefined;
  }
  return { own, selectors };
}

function after(allowed: boolean, rule: string, command: string): boolean {
  if (rule === "+@all" || rule === "allcommands") return true;
  if (rule === "-@all" || rule === "nocommands" || rule === "reset") return false;
  const sign = rule[0];
  if (sign !== "+" && sign !== "-") return allowed;
  const what = rule.slice(1);
  const [bare = ""] = command.split("|");
  const named = what.startsWith("@")
    ? CATEGORIES[what.slice(1)]?.includes(bare) === true
    : what === bare || what === command;
  return named ? sign === "+" : allowed;
}
