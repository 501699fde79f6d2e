import { objection, rule } from "../../engine/rule.ts";
import { shownAddresses } from "../../model/addresses.ts";
import { routeTables } from "../../model/network/routes.ts";
import { isUnknown } from "../../model/value.ts";

/** A subnet that nobody gave a route table gets the VPC's main one: it must not lead out. */
export const mainTableLeadsNowhere = rule({
  id: "FW-017",
  slug: "main-table-leads-nowhere",
  severity: "medium",
  title: "The main route table of every VPC leads to nothing but the VPC itself",
  why: "A new subnet has it until somebody says otherwise; with a route to the internet the subnet is public without anybody having said so.",
  fix: "Manage it with aws_default_route_table without routes, and give each subnet a table of its own.",
  appliesTo: routeTables,
  requirements: [],
  concerns: ({ isMain }) => isMain,
  check: ({ at, routes, propagated }) => [
    ...routes.map(({ at: place, path, destination, said, target }) => {
      const got = isUnknown(destination) ? destination : `${shownAddresses(destination)} over ${target}`;
      return objection(path === "" ? said.attribute : path, got, "no route", place);
    }),
    ...propagated.map((each) => objection("propagating_vgws", each, "no gateway", at)),
  ],
});
