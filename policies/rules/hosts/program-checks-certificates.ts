import { objection, rule } from "../../engine/rule.ts";
import { trustingFiles } from "../../model/hosts/trust.ts";

/** TLS to a stranger is no better than clear text. */
export const programChecksCertificates = rule({
  id: "HOST-030",
  slug: "program-checks-certificates",
  severity: "critical",
  title: "No program of a host is told to take any certificate, or to speak what everybody may forge",
  why: "Whoever takes an address, a name or a cable then gets passwords and messages, and answers in the peer's name.",
  fix: "Give the authority's file instead: CA file, sslmode=verify-full, peer-verify(yes), verify_client: true.",
  appliesTo: trustingFiles,
  requirements: ["BRK-4.4", "BRK-9.1", "BRK-17.4", "BRK-SEC.1", "BRK-SEC.3", "BRK-8.1", "BRK-9.3"],
  check: ({ loose }) => loose.map(({ text, expected }) => objection("text", text, expected)),
});
