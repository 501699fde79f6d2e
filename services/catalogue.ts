import { dev } from "./environments/dev.ts";
import { production } from "./environments/production.ts";
import { staging } from "./environments/staging.ts";
import { observability } from "./observability.ts";
import { desktopBackend } from "./products/desktop-backend.ts";
import { messageBroker } from "./products/message-broker.ts";
import { residentServices } from "./products/resident-services.ts";
import { studentAllocation } from "./products/student-allocation.ts";
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
  services: [ticketing, desktopBackend, residentServices, messageBroker, studentAllocation, observability],
};
