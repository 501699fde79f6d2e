import { stringify } from "yaml";
import { alertsOf } from "../../monitoring/alerts.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { type Generator, header } from "./generated.ts";

const FOLDER = "monitoring/generated";

/** Rules of alerts of every environment; the role `prometheus` brings them to its hosts. */
export const monitoring: Generator = {
  folder: FOLDER,
  files: (catalogue) =>
    catalogue.environments.map((environment) => ({
      path: `${FOLDER}/${environment.name}/alerts.yaml`,
      text:
        header("services/catalogue.ts") + stringify(alertsOf(resolveEstate(catalogue, environment)), { lineWidth: 0 }),
    })),
};
