/**
 * Why a weaker-than-default choice stands, and the day (YYYY-MM-DD) from which it is a fault.
 * The date is judged against today where the catalogue is validated; synthesis has no clock.
 */
export interface Acceptance {
  readonly reason: string;
  readonly until: string;
}

/** A protection turned off, and why. There is no way to turn one off in silence. */
export interface OptOut extends Acceptance {
  readonly enabled: false;
}

/** Throws unless the acceptance says why and until which real day; `what` names the choice in the message. */
export function checkAcceptance(what: string, { reason, until }: Acceptance): void {
  if (reason.trim().length < 10) {
    throw new Error(`${what}: reason must be a sentence, got "${reason}"`);
  }
  const day = new Date(`${until}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== until) {
    throw new Error(`${what}: until must be a day as YYYY-MM-DD, got "${until}"`);
  }
}

/** Whether a protection is on: it is unless a valid opt-out is given. */
export function isProtected(what: string, optOut: OptOut | undefined): boolean {
  if (optOut === undefined) return true;
  checkAcceptance(what, optOut);
  return false;
}
