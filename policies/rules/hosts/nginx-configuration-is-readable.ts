import { objection, rule } from "../../engine/rule.ts";
import { nginxConfigurations } from "../../model/nginx/configurations.ts";
import { Unknown } from "../../model/value.ts";

/** What cannot be read can be judged by nobody, and NGINX would not start with it. */
export const nginxConfigurationIsReadable = rule({
  id: "HOST-001",
  slug: "nginx-configuration-is-readable",
  severity: "high",
  title: "Every configuration of NGINX can be read as a whole",
  why: "NGINX refuses to start or keeps what it had; what stands in a file that nobody sees may undo every other setting.",
  fix: "Close what is open, and render every included file together with the one that includes it.",
  appliesTo: nginxConfigurations,
  requirements: [],
  check: ({ faults, missing }) => [
    ...faults.map(({ file, line, says }) => objection(`line ${line} of ${file}`, says, "directives that NGINX reads")),
    ...missing.map(({ words }) =>
      objection("include", new Unknown(words.join(" ")), "files that stand beside it in the outputs"),
    ),
  ],
});
