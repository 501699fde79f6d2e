import { objection, rule } from "../../engine/rule.ts";
import { entrances } from "../../model/tls/entrances.ts";
import { isUnknown } from "../../model/value.ts";

/** Every action counts: one rule that forwards is enough to serve a whole host in clear text. */
export const clearTextOnlyRedirects = rule({
  id: "TLS-004",
  slug: "clear-text-only-redirects",
  severity: "critical",
  title: "No entrance serves clear text: each speaks TLS, or sends clients to HTTPS for good",
  why: "A session cookie or a password that is sent once in clear text belongs to everyone on the way.",
  fix: "Let each action of an HTTP listener redirect with HTTPS, port 443 and HTTP_301; redirect-to-https in each behaviour; TLS instead of TCP, or declare an entrypoint that passes TLS through to its hosts.",
  appliesTo: entrances,
  requirements: ["TKT-5.6", "NOD-1.4", "MUN-2.2", "BRK-SEC.19"],
  check: ({ attribute, shown, mode }, { declaration }) => {
    const expected = "TLS, or a redirect to HTTPS on port 443 with status 301";
    if (isUnknown(mode)) return [objection(attribute, mode, expected)];
    if (mode === "encrypted" || mode === "redirects" || mode === "declared") return [];
    const said = { attribute, got: shown, expected };
    if (mode === "clear") return [said];
    // Without a catalogue nobody can tell whether what passes through is TLS.
    return [
      {
        ...said,
        expected: "TLS, or a declared entrypoint that passes it through",
        ...(declaration === undefined ? { outcome: "unknown" as const } : {}),
      },
    ];
  },
});
