import { objection, rule } from "../../engine/rule.ts";
import { guardingFiles } from "../../model/hosts/guarding-files.ts";

/** A program does what its file says, for those whom it is meant for. */
export const programKeepsItsGuards = rule({
  id: "HOST-046",
  slug: "program-keeps-its-guards",
  severity: "high",
  title: "No setting of a host loads code into a program, leads it through a proxy, debugs it, or turns off a guard",
  why: "One variable runs foreign code in every program that has it; a debugger, a token that nobody signs or a header that everybody may set opens the rest.",
  fix: "Take it out of the environment or the settings; name proxies and origins one by one.",
  appliesTo: guardingFiles,
  requirements: [],
  check: ({ weak }) => weak.map(({ text, expected }) => objection("setting", text, expected)),
});
