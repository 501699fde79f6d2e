const DAY = 86_400;
const HOUR = 3600;
const WORDS: Readonly<Record<string, number>> = {
  ...{ minutely: 60, hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 31 * DAY },
  ...{ quarterly: 92 * DAY, semiannually: 184 * DAY, yearly: 366 * DAY, annually: 366 * DAY },
};
const SPANS: Readonly<Record<string, number>> = {
  ...{ s: 1, sec: 1, second: 1, seconds: 1, "": 1, m: 60, min: 60, minute: 60, minutes: 60 },
  ...{
    h: HOUR,
    hr: HOUR,
    hour: HOUR,
    hours: HOUR,
    d: DAY,
    day: DAY,
    days: DAY,
    w: 7 * DAY,
    week: 7 * DAY,
    weeks: 7 * DAY,
  },
};

/**
 * The longest time between two runs of a calendar expression (systemd.time(7)), in seconds: `Sun *-*-* 04:00:00 UTC` is a
 * week. Undefined for what is not understood.
 */
export function longestGap(calendar: string): number | undefined {
  const word = WORDS[calendar.trim().toLowerCase()];
  if (word !== undefined) return word;
  const parts = /^(?:([A-Za-z.,]+)\s+)?(?:(\S+-\S+)\s+)?(\S+:\S+)(?:\s+[\w/+-]+)?$/.exec(calendar.trim());
  if (parts === null) return undefined;
  const [, weekdays, date = "*-*-*", time = ""] = parts;
  if (weekdays !== undefined) return 7 * DAY;
  if (!/^(?:\*-)?\*-\*$/.test(date)) return date.startsWith("*-*-") ? 31 * DAY : 366 * DAY;
  const [hours = "", minutes = ""] = time.split(":");
  if (hours !== "*") return gapOf(hours, 24, HOUR);
  return minutes === "*" ? 60 : gapOf(minutes, 60, 60);
}

/** The longest gap of `2`, `1,13`, `0/6` within a round of so many units. */
function gapOf(field: string, round: number, unit: number): number | undefined {
  const at = field.split(",").flatMap((part) => {
    const [first = "", step] = part.split("/");
    const from = first === "*" ? 0 : Number(first);
    if (step === undefined) return [from];
    return Array.from({ length: Math.ceil((round - from) / Number(step)) }, (_, index) => from + index * Number(step));
  });
  if (at.length === 0 || at.length > round || at.some((each) => Number.isNaN(each))) return undefined;
  const sorted = [...at].sort((one, other) => one - other);
  const gaps = sorted.map((each, index) => (sorted[index + 1] ?? (sorted[0] ?? 0) + round) - each);
  return Math.max(...gaps) * unit;
}

/** A time span: `10min`, `1h 30m`, `600`; undefined for anything else. */
export function spanOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)\s*([a-z]*)\s*/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text) return undefined;
  const seconds = parts.reduce((sum, [, figure, unit = ""]) => sum + Number(figure) * (SPANS[unit] ?? Number.NaN), 0);
  return Number.isNaN(seconds) ? undefined : seconds;
}
