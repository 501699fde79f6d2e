import type { Environment } from "../../services/schema/environment.ts";

/** Log groups of the platform's own record: every call to AWS, and every session on a host. */
export const recordGroupName = (environment: Environment, kind: "sessions" | "trail"): string =>
  `/${environment.name}/${kind}`;
