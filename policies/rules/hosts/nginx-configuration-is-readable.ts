import { objection, rule } from "../../engine/rule.ts";
import { nginxConfigurations } from "../../model/nginx/configurations.ts";
import { undefinedIn } from "../../model/nginx/known-variables.ts";
import { Unknown } from "../../model/value.ts";

/** What cannot be read can be judged by nobody, and NGINX would not start with it. */
export const nginxConfigurationIsReadable = rule({
  id: "HOST-001",
  slug: "nginx-configuration-is-readable",
  severity: "high",
  title: "Every configuration of NGINX can be read as a whole, and logs what there is",
  why: "NGINX refuses to start or keeps what it had; what stands in a file that nobody sees may undo every other setting.",
  fix: "Close what is open, correct names of variables, and render every included file together with the one that includes it.",
  appliesTo: nginxConfigurations,
  requirements: [],
  check: ({ faults, missing, main }) => [
    ...faults.map(({ file, line, says }) => objection(`line ${line} of ${file}`, says, "directives that NGINX reads")),
    // What a file that is missing makes, nobody knows.
    ...(missing.length > 0 ? [] : undefinedIn(main)).map(({ format, names }) =>
      objection(
        `log_format ${format}`,
        names.map((name) => `$${name}`),
        "variables of NGINX, or of this configuration",
      ),
    ),
    ...missing.map(({ words }) =>
      objection("include", new Unknown(words.join(" ")), "files that stand beside it in the outputs"),
    ),
  ],
});
