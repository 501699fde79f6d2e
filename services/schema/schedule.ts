/** When something runs. Times are wall-clock times of an IANA time zone; UTC unless stated. */

export type Weekday = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";

/** Comes again by itself. */
export type Recurring =
  | { readonly every: "day"; readonly at: string; readonly zone: string }
  | { readonly every: "week"; readonly on: Weekday; readonly at: string; readonly zone: string }
  | { readonly every: "quarter"; readonly at: string; readonly zone: string }
  | { readonly every: "minutes"; readonly count: number };

/** When a job runs. */
export type Schedule = Recurring | { readonly every: "release" } | { readonly every: "demand" };

/** Each day at `at` ("02:00"). */
export const daily = (at: string, zone = "UTC"): Recurring => ({ every: "day", at, zone });
/** Each week on one day at `at`. */
export const weekly = (on: Weekday, at: string, zone = "UTC"): Recurring => ({ every: "week", on, at, zone });
/** The first day of each quarter at `at`. */
export const quarterly = (at: string, zone = "UTC"): Recurring => ({ every: "quarter", at, zone });
/** Every `count` minutes. */
export const everyMinutes = (count: number): Recurring => ({ every: "minutes", count });
/** Once before each release switches over: schema changes. */
export const eachRelease: Schedule = { every: "release" };
/** Never by itself: an operator starts it, with its own arguments, and the start is audited. */
export const onDemand: Schedule = { every: "demand" };
