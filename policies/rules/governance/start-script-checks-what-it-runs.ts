import { objection, rule } from "../../engine/rule.ts";
import { fetchedPrograms } from "../../model/fetched-programs.ts";
import { startScripts } from "../../model/start-scripts.ts";
import { isUnknown } from "../../model/value.ts";

/** What runs as root before anything else is as trusted as whoever can write where it comes from. */
export const startScriptChecksWhatItRuns = rule({
  id: "GOV-020",
  slug: "start-script-checks-what-it-runs",
  severity: "high",
  title:
    "No machine's first script, and no command that is sent to machines, runs anything from afar whose digest or signature is not checked",
  why: "Who owns the page, its name or the way to it runs programs as root on every new machine, and nothing of that stands in a plan.",
  fix: "Fetch from a bucket of ours with the machine's role, or by HTTPS, and check sha256sum --check before anything runs.",
  appliesTo: startScripts,
  requirements: [],
  check: ({ attribute, texts }) =>
    isUnknown(texts)
      ? [objection(attribute, texts, "a script that outputs show")]
      : texts
          .flatMap(fetchedPrograms)
          .map(({ command, why }) =>
            objection(attribute, `${command}: ${why}`, "programs whose digest is checked before they run"),
          ),
});
