import type { Rate } from "../../services/schema/units.ts";

const MINUTE = 60;

/** A rate as NGINX writes it: whole requests a second, or a minute. Throws for one that is neither. */
export function rateOf(path: string, { requests, per }: Rate): string {
  const perSecond = requests / per;
  if (perSecond >= 1 && Number.isInteger(perSecond)) return `${perSecond}r/s`;
  const perMinute = (requests * MINUTE) / per;
  if (perMinute >= 1 && Number.isInteger(perMinute)) return `${perMinute}r/m`;
  throw new Error(`${path}/rate: must be whole requests a second or a minute, got ${requests} in ${per} s`);
}
