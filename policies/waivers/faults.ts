import type { Finding } from "../engine/judge.ts";
import type { RuleFacts } from "../engine/rule.ts";
import { fingerprintOf, type Waiver } from "./waiver.ts";

/** What is demanded of waivers; ids are kept with those of rules. */
export const waiverRules = {
  expired: {
    id: "WVR-001",
    slug: "waiver-has-not-expired",
    severity: "high",
    title: "A waiver holds until its day, and not longer",
    why: "A risk accepted for a while becomes one that nobody decided on.",
    fix: "Mend what was waived and remove the entry; or have its owner accept it anew, with a new day.",
    requirements: [],
  },
  unused: {
    id: "WVR-002",
    slug: "waiver-is-needed",
    severity: "medium",
    title: "A waiver is about something that is found",
    why: "It would hide the same fault when that comes back, and nobody would have accepted it.",
    fix: "Remove the entry from policies/waivers.yaml.",
    requirements: [],
  },
  drifted: {
    id: "WVR-003",
    slug: "waiver-has-not-drifted",
    severity: "high",
    title: "A waived value is still the one that was accepted",
    why: "What was accepted was one value, and not whatever may stand there later.",
    fix: "Look at the new value. Mend it; or have the owner accept it: npm run policy -- --waive RULE ADDRESS.",
    requirements: [],
  },
  far: {
    id: "WVR-005",
    slug: "waiver-is-read-again-each-year",
    severity: "high",
    title: "A waiver is for 400 days at most",
    why: "A day that nobody here will see makes an exception of a rule for good.",
    fix: "Give a day within 400 days; whoever owns it decides anew then.",
    requirements: [],
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;

/** Why a waiver does not waive. */
export type WaiverFault = keyof typeof waiverRules;

/** The finding that a waiver is itself. `found`: what it is about. */
export function faultOf(fault: WaiverFault, waiver: Waiver, found: readonly Finding[], source: string): Finding {
  const { id: rule, slug, severity, fix } = waiverRules[fault];
  const { environment, stack, address } = waiver;
  const [first] = found;
  return {
    ...{
      rule,
      slug,
      severity,
      outcome: "fail",
      source,
      fix: fix.replace("RULE ADDRESS", `${waiver.rule} '${address}'`),
    },
    environment: first?.environment ?? environment,
    stack: first?.stack ?? stack,
    resource: address,
    ...told(fault, waiver, found),
  };
}

function told(
  fault: WaiverFault,
  { rule, until, fingerprint, attribute }: Waiver,
  found: readonly Finding[],
): Pick<Finding, "attribute" | "got" | "expected"> {
  const what = attribute === undefined ? rule : `${rule} ${attribute}`;
  switch (fault) {
    case "expired":
      return { attribute: "until", got: `${what} was waived until ${until}`, expected: "a day that is not over" };
    case "far":
      return { attribute: "until", got: `${what} is waived until ${until}`, expected: "a day within 400 days" };
    case "unused":
      return { attribute: "rule", got: `${what} finds nothing here`, expected: "a finding that it accepts" };
    case "drifted":
      return {
        attribute: "fingerprint",
        got: `${fingerprintOf(found)}: ${found.map((each) => `${each.attribute} is ${each.got}`).join("; ")}`,
        expected: `${fingerprint}, as when ${what} was waived`,
      };
  }
}
