import type { Declaration } from "../declaration.ts";

/** How long something must be there, and by what nobody may take it away before. */
export type LockMode = "COMPLIANCE" | "GOVERNANCE";

/**
 * Locks that an environment may have. Production is known by its name, and nothing but what nobody can lift will do there;
 * so it is where nothing is declared. Elsewhere a lock that a break-glass role may lift is one too.
 */
export const lockModes = (declaration: Declaration | undefined): readonly LockMode[] =>
  declaration === undefined || declaration.name === "production" ? ["COMPLIANCE"] : ["COMPLIANCE", "GOVERNANCE"];

/** Whether what holds data must refuse its deletion: it must, unless a weaker choice says otherwise. */
export const mustStay = (declaration: Declaration | undefined): boolean => declaration?.unprotected === undefined;

const DAY = 86_400;
/** Least days that records of who did what are kept where nothing is declared, or in small. */
const SHORT = 90;

/** Days that records of who did what are kept: in production as long as the longest declaration says. */
export const auditDays = (declaration: Declaration | undefined): number =>
  declaration?.name === "production"
    ? Math.max(SHORT, ...declaration.services.map(({ logs }) => Math.ceil((logs?.auditSeconds ?? 0) / DAY)))
    : SHORT;

/** Days that records of every day are kept. */
export const logDays = (declaration: Declaration | undefined): number =>
  Math.max(30, ...(declaration?.services ?? []).map(({ logs }) => Math.ceil((logs?.keepSeconds ?? 0) / DAY)));
