import { objection, rule } from "../../engine/rule.ts";
import { redises } from "../../model/hosts/redis.ts";

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
  check: ({ logins, members, sentinel, word, loopback }) => {
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
      ...["enable-debug-command", "enable-module-command", "enable-protected-configs"]
        .filter((name) => word(name, "no") === "yes")
        .map((name) => objection(name, "yes", "no")),
    ];
  },
});
