import { PLATFORM, resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";

/** Alias of the key that sessions on hosts are encrypted with; the operator's role knows the key by it. */
export const sessionKeyAlias = (environment: Environment): string => resourceName(environment, PLATFORM, "sessions");
