import type { Bytes, Cpu } from "../../services/schema/units.ts";

const UNITS = [
  ["Gi", 1024 ** 3],
  ["Mi", 1024 ** 2],
  ["Ki", 1024],
] as const;

/** A size in the largest unit that holds it whole: `512Mi`. */
export function bytes(size: number): string {
  const unit = UNITS.find(([, factor]) => size > 0 && size % factor === 0);
  return unit === undefined ? String(size) : `${size / unit[1]}${unit[0]}`;
}

/** A share of processors: `500m`. */
export const cpus = (share: Cpu): string => `${share}m`;

/** Sizes by path. */
export const sizes = (scratch: Readonly<Record<string, Bytes>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(scratch).map(([path, size]) => [path, bytes(size)]));
