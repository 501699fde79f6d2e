import { objection, rule } from "../../engine/rule.ts";
import { admissions } from "../../model/nginx/admissions.ts";

const EXPECTED = "a refusal of all whom no list names";

/** Who stands in no list gets nothing: neither by a default that admits, nor by a condition that is turned round. */
export const nginxAdmitsDeclaredCallers = rule({
  id: "HOST-052",
  slug: "nginx-admits-declared-callers",
  severity: "critical",
  title: "Where the catalogue says who calls, NGINX refuses every caller whom no list names",
  why: "Every host has a good certificate: a list whose default admits, or a condition with a 1 for a 0, opens one service to the programs of all others.",
  fix: "A map or geo with default 0, and `if ($list = 0) { return 403; }` in each location that hands on.",
  appliesTo: admissions,
  needsDeclaration: true,
  requirements: [],
  check: ({ open, turned, strange, idle }) => [
    ...open.map((where) => objection(where, "hands on for anybody", EXPECTED)),
    ...turned.map(({ where, condition }) => objection(`${where}: if (${condition})`, "admits anybody", EXPECTED)),
    ...strange.map(({ list, got }) => objection(list, got, "nobody but ranges and names that are declared")),
    ...idle.map((list) => objection(list, "asked by no condition", EXPECTED)),
  ],
});
