import type { Declaration } from "../declaration.ts";

/** How long something must be there, and by what nobody may take it away before. */
export type LockMode = "COMPLIANCE" | "GOVERNANCE";

/**
 * Locks that an environment may have: what nobody can lift, unless it declares that a lock which a break-glass role may lift
 * is one too.
 */
export const lockModes = (declaration: Declaration | undefined): readonly LockMode[] =>
  declaration?.lock === "GOVERNANCE" ? ["COMPLIANCE", "GOVERNANCE"] : ["COMPLIANCE"];

/** Whether what holds data must refuse its deletion: it must, unless a weaker choice says otherwise. */
export const mustStay = (declaration: Declaration | undefined): boolean => declaration?.unprotected === undefined;

const DAY = 86_400;
/** Least days that records of who did what are kept, whatever is declared. */
const SHORT = 90;

/** Days that records of who did what are kept: as declared, and where locks are for good as long as any service asks. */
export function auditDays(declaration: Declaration | undefined): number {
  if (declaration === undefined) return SHORT;
  const { lock, logs, services } = declaration;
  const asked = lock === "GOVERNANCE" ? [] : services.map((service) => service.logs?.auditSeconds);
  return Math.max(SHORT, ...[logs?.archiveSeconds, ...asked].map((seconds) => Math.ceil((seconds ?? 0) / DAY)));
}

/** Days that records of every day are kept. */
export const logDays = (declaration: Declaration | undefined): number =>
  Math.max(30, ...(declaration?.services ?? []).map(({ logs }) => Math.ceil((logs?.keepSeconds ?? 0) / DAY)));
