import { rule } from "../../engine/rule.ts";
import { writings } from "../../model/literals/writings.ts";

/** What is found is named by its shape and its first letters; the finding must not spread the secret. */
export const noSecretIsWrittenDown = rule({
  id: "DATA-022",
  slug: "no-secret-is-written-down",
  severity: "critical",
  title:
    "No secret stands in any output: not in a resource, an object, a file of a host, not encoded, not as a placeholder",
  why: "Outputs are committed, reviewed, logged and kept for years; whoever reads one of them holds the secret.",
  fix: "Put it into Secrets Manager, refer to it (marker, secretKeyRef, ARN), and renew it: it counts as known.",
  appliesTo: writings,
  requirements: [
    "BRK-SEC.2",
    "BRK-2.6",
    "BRK-13.2",
    "BRK-13.6",
    "BRK-17.7",
    "BRK-SEC.13",
    "NOD-2.1",
    "NOD-2.2",
    "NOD-2.3",
    "NOD-SEC.1",
    "MUN-2.1",
    "TKT-5.3",
  ],
  check: ({ found }) =>
    found.map(({ attribute, shape, shown, digest }) => ({
      attribute,
      got: `${shape}: ${shown}`,
      whole: digest,
      expected: "a reference to a secret",
    })),
});
