import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { redises } from "../../model/hosts/redis.ts";
import { Unknown } from "../../model/value.ts";

/** Where packages of Redis and Valkey have their own modules: root's folders. */
const MODULE = /^\/usr\/(?:local\/)?lib(?:64)?\/(?:redis|valkey)\/modules\/[\w.-]+\.so$/;

/** What empties, reconfigures or stops a Redis, or opens it to others. */
const DANGEROUS = [
  "flushall",
  "flushdb",
  "keys",
  "shutdown",
  "debug",
  "config|set",
  "module|load",
  "acl|setuser",
  "replicaof",
];
/** Members of a set must follow, pause and set up one another; that takes neither emptying nor loading. */
const OF_MEMBERS = ["flushall", "flushdb", "debug", "module|load", "acl|setuser", "shutdown"];
const OF_SENTINEL = ["sentinel|failover", "sentinel|set", "sentinel|remove", "shutdown"];

/** Whoever comes has a password and may do what its work needs. */
export const redisKnowsItsCallers = rule({
  id: "HOST-021",
  slug: "redis-knows-its-callers",
  severity: "critical",
  title: "Every login of Redis has a password, and none may empty or reconfigure it",
  why: "One FLUSHALL revives revoked tokens and loses messages; without a password any program on the way in may send it.",
  fix: "An aclfile with `user default off`, or with a password; -@dangerous -@admin for applications; debug and modules off.",
  appliesTo: redises,
  requirements: ["BRK-SEC.5", "ALC-SEC.3"],
  check: ({ logins, members, sentinel, word, loopback, missing, modules, scripts }) => {
    const on = logins.filter((login) => login.on);
    const ordinary = sentinel ? OF_SENTINEL : DANGEROUS;
    return [
      ...on
        .filter(({ open }) => open)
        .map(({ name }) => objection(`user ${name}`, "no password", "a password, or off")),
      // On loopback programs of one host share it, and their client knows only the password.
      ...on
        .filter(({ name, open }) => name === "default" && !loopback && !open)
        .map(() => objection("user default", "on", "off: every caller has a login of its own")),
      ...on.flatMap(({ name, may }) => {
        const ofMembers = sentinel ? [] : OF_MEMBERS;
        const allowed = (members.has(name) ? ofMembers : ordinary).filter(may);
        return allowed.length === 0 ? [] : [objection(`user ${name}: commands`, allowed, "none of these")];
      }),
      ...on.flatMap(({ name, unread }) =>
        unread.map((rule) => objection(`user ${name}: commands`, new Unknown(rule), "a rule of Redis")),
      ),
      ...["enable-debug-command", "enable-module-command", "enable-protected-configs"]
        .map((name) => [name, word(name, "no")] as const)
        // `local` is for every program of the host.
        .filter(([, value]) => value !== "no")
        .map(([name, value]) => objection(name, value, "no")),
      ...modules
        .filter((library) => !MODULE.test(library))
        .map((library) => objection("loadmodule", library, "modules of the package alone")),
      ...scripts.map((script) => objection("sentinel script", script, "none: units run programs, which are judged")),
      ...(word("unixsocket", "") === "" ? [] : ownSocket(word("unixsocketperm", "700"))),
      ...missing.map((path) => objection("include", new Unknown(path), "a file that stands beside it in the outputs")),
    ];
  },
});

/** Over a socket there is no certificate, and `protected-mode` counts it as this host. */
const ownSocket = (mode: string): readonly Objection[] =>
  demand("unixsocketperm", mode, "770 or less: its account and its group", (it) => /^0?[0-7]?[0-7]?0$/.test(it));
