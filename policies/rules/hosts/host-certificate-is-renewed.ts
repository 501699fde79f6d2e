import { objection, rule } from "../../engine/rule.ts";
import { hostCertificates } from "../../model/hosts/certificates.ts";

const DAY = 86_400;
/** What people bring lasts as long as browsers take it; what renews itself, no longer than a theft may be of use. */
const LONGEST = 398;
const LONGEST_OWN = 31;

/** A certificate is renewed, or its end is told, long before it comes. */
export const hostCertificateIsRenewed = rule({
  id: "HOST-035",
  slug: "host-certificate-is-renewed",
  severity: "high",
  title: "Every certificate of a host is for its own names, ends soon, and is looked after at least thrice in its life",
  why: "A certificate that ends alone stops every connection of its host at once, at night.",
  fix: "platform-certificates.timer for those that renew themselves, a daily check for those that people bring.",
  appliesTo: hostCertificates,
  requirements: ["BRK-30.2"],
  check: ({ name, days, names, renewsItself, timer }) => {
    const what = renewsItself ? "renews it" : "tells when it ends";
    const most = renewsItself ? (days * DAY) / 3 : DAY;
    const longest = renewsItself ? LONGEST_OWN : LONGEST;
    if (!(days > 0 && days <= longest)) return [objection(`${name}: days`, days, `1 to ${longest} days`)];
    if (timer === undefined) return [objection(`${name}: timer`, undefined, `a timer that ${what}`)];
    const { gap, enabled, persistent, at } = timer;
    const patterns = names.filter((each) => each.includes("*"));
    return [
      ...(patterns.length === 0 ? [] : [objection(`${name}: names`, patterns, "its own names, no pattern")]),
      ...(gap !== undefined && gap <= most
        ? []
        : [
            objection(
              "OnCalendar",
              gap === undefined ? "nothing that is understood" : `every ${gap} s`,
              `every ${most} s at least, for ${name} lasts ${days} days`,
              at,
            ),
          ]),
      ...(enabled ? [] : [objection("WantedBy", undefined, `timers.target, or nothing ${what}`, at)]),
      ...(persistent ? [] : [objection("Persistent", "no", "yes: what was missed is made up for", at)]),
    ];
  },
});
