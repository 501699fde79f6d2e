import { dev } from "./environments/dev.ts";
import { production } from "./environments/production.ts";
import { staging } from "./environments/staging.ts";
import { observability } from "./observability.ts";
import { ticketing } from "./products/ticketing.ts";
import type { Environment } from "./schema/environment.ts";
import type { Service } from "./schema/service.ts";

/** All that runs, and where. */
export interface Catalogue {
  readonly environments: readonly Environment[];
  readonly services: readonly Service[];
}

export const catalogue: Catalogue = {
  environments: [dev, staging, production],
  services: [ticketing, observability],
};
