/** A year, and time to read it again: nobody decides for longer what stays weaker than its rule. */
const LONGEST_DAYS = 400;
const DAY = 86_400_000;

/** The last day until which something may be accepted on another one, `2026-11-21`. */
export const latestDay = (today: string): string =>
  new Date(Date.parse(today) + LONGEST_DAYS * DAY).toISOString().slice(0, "2026-11-21".length);
