import { objection, rule } from "../../engine/rule.ts";
import { nginxServers } from "../../model/nginx/servers.ts";
import { type Trap, trapsOf } from "../../model/nginx/traps.ts";

/** Settings that are known to do something else than they seem to. */
export const nginxHasNoTraps = rule({
  id: "HOST-012",
  slug: "nginx-has-no-traps",
  severity: "high",
  title: "NGINX shows no folders, no figures and no files beside those it should",
  why: "An alias without its slash serves the parent folder, `if` drops settings, open figures and listings tell what is where.",
  fix: "See what is expected for each: they are all a word or a slash away.",
  appliesTo: nginxServers,
  requirements: ["BRK-24.9", "BRK-SEC.21"],
  check: (server) => trapsOf(server).map(({ attribute, got, expected }: Trap) => objection(attribute, got, expected)),
});
