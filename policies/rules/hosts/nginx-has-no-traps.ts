import { objection, rule } from "../../engine/rule.ts";
import { trappedNginx } from "../../model/nginx/traps.ts";

/** Settings that are known to do something else than they seem to, or what NGINX was not made for. */
export const nginxHasNoTraps = rule({
  id: "HOST-012",
  slug: "nginx-has-no-traps",
  severity: "high",
  title: "NGINX runs nothing but itself, and shows, takes or keeps no files beside those it should",
  why: "An alias without its slash serves the parent folder, `if` drops settings, listings tell what is where; a module or a program of others reads every request, a cache keeps personal data that nobody deletes.",
  fix: "See what is expected for each: they are all a word or a slash away.",
  appliesTo: trappedNginx,
  requirements: ["BRK-24.9", "BRK-SEC.21"],
  check: ({ traps }) => traps.map(({ attribute, got, expected }) => objection(attribute, got, expected)),
});
