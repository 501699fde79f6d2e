/** Quantities with their unit in the type: a number of seconds never passes for a number of bytes. */

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** A length of time, in seconds. */
export type Duration = Quantity<"seconds">;
/** A size, in bytes. */
export type Bytes = Quantity<"bytes">;
/** A share of one processor, in thousandths. */
export type Cpu = Quantity<"millicores">;
/** A share of a whole, from 0 to 1. */
export type Ratio = Quantity<"ratio">;

export const milliseconds = (count: number) => (count / 1000) as Duration;
export const seconds = (count: number) => count as Duration;
export const minutes = (count: number) => (count * 60) as Duration;
export const hours = (count: number) => (count * 3_600) as Duration;
export const days = (count: number) => (count * 86_400) as Duration;

export const kib = (count: number) => (count * 1024) as Bytes;
export const mib = (count: number) => (count * 1024 ** 2) as Bytes;
export const gib = (count: number) => (count * 1024 ** 3) as Bytes;

export const millicores = (count: number) => count as Cpu;
export const percent = (count: number) => (count / 100) as Ratio;

/** Whole days of a duration, rounded up: what AWS takes for retention. */
export const inDays = (duration: Duration) => Math.ceil(duration / 86_400);
/** Whole GiB of a size, rounded up: what AWS takes for a volume. */
export const inGib = (size: Bytes) => Math.ceil(size / 1024 ** 3);

/** So many requests in a window, from one client address. */
export interface Rate {
  readonly requests: number;
  readonly per: Duration;
}
export const perSecond = (requests: number): Rate => ({ requests, per: seconds(1) });
export const perMinute = (requests: number): Rate => ({ requests, per: minutes(1) });

/** Why a weaker-than-default choice stands, and the day (YYYY-MM-DD) from which it is a fault. */
export interface Acceptance {
  readonly reason: string;
  readonly until: string;
}
