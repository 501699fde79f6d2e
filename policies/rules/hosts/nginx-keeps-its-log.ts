import { demand, rule } from "../../engine/rule.ts";
import { nginxRecords } from "../../model/nginx/records.ts";

const NOWHERE: readonly (string | undefined)[] = ["off", "/dev/null"];

/** What happened can be read afterwards; what was asked in confidence cannot. */
export const nginxKeepsItsLog = rule({
  id: "HOST-049",
  slug: "nginx-keeps-its-log",
  severity: "high",
  title: "NGINX writes down errors and the requests to entrypoints, and debugs nobody",
  why: "Without a log nobody learns who came in and how; at level debug it holds every header and body, with tokens and passwords.",
  fix: "error_log with a file and a level above debug; access_log with a file in every server of an entrypoint.",
  appliesTo: nginxRecords,
  requirements: [],
  check: ({ attribute, words }) =>
    demand(
      attribute,
      words,
      "a log, at a level above debug",
      ([target, ...more]) => !NOWHERE.includes(target) && !more.some((each) => /^debug(?:_|$)/.test(each)),
    ),
});
