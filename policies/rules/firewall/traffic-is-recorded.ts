import { demand, objection, rule } from "../../engine/rule.ts";
import { loggedVpcs } from "../../model/network/flow-logs.ts";

/** Without one of these a record does not say who talked to whom, when, by what, and whether it was let through. */
const FIELDS = ["interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "start", "end", "action"];
const isTelling = (format: string): boolean => FIELDS.every((field) => format.includes(`{${field}}`));

/** Who talked to whom is known afterwards. */
export const trafficIsRecorded = rule({
  id: "FW-007",
  slug: "traffic-is-recorded",
  severity: "medium",
  title: "All traffic of every VPC is recorded, with a place to go to",
  why: "Without a record of what was let through and what was refused, nobody can tell what a break-in reached, or why a connection fails.",
  fix: 'Add aws_flow_log for the VPC with traffic_type "ALL" and a log_destination.',
  appliesTo: loggedVpcs,
  requirements: [],
  check: ({ logs, without }) => {
    if (logs.length === 0) return [objection("aws_flow_log", undefined, "a flow log of all its traffic")];
    // One log of everything is enough; each is named that falls short.
    const faults = logs.map(({ at, traffic, destination, format }) =>
      [
        ...demand("traffic_type", traffic ?? "nothing", "ALL", (text) => text === "ALL"),
        ...demand(
          "log_destination",
          destination ?? "",
          "where records go",
          (text) => text !== "",
          () => true,
        ),
        ...(format === undefined ? [] : demand("log_format", format, `at least ${FIELDS.join(", ")}`, isTelling)),
      ].map((each) => ({ ...each, at })),
    );
    const missing = without.map((at) => objection("aws_flow_log", undefined, "a flow log of all its traffic", at));
    return faults.some((each) => each.length === 0) ? missing : [...faults.flat(), ...missing];
  },
});
