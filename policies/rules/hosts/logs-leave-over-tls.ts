import { objection, rule } from "../../engine/rule.ts";
import { logDestinations } from "../../model/hosts/log-shipping.ts";

/** Logs go to the log store and to nobody who says he is it. */
export const logsLeaveOverTls = rule({
  id: "HOST-037",
  slug: "logs-leave-over-tls",
  severity: "high",
  title: "All logs leave every host, over TLS, to a peer whose certificate was checked",
  why: "Logs tell who did what and where from; who can read or take them also knows what of his own doing to erase.",
  fix: "An https URL (or transport tls) with ca-file and peer-verify(yes); a path from every source, the journal among them, with flow-control and no filter outside of an if.",
  appliesTo: logDestinations,
  requirements: [],
  check: ({ name, fault }) =>
    fault === undefined
      ? []
      : [objection(name, fault, "every line, over TLS with the authority's file and peer-verify(yes)")],
});
