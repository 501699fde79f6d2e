const MINUTE = 60;
const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 3600, day: DAY };
const MONTHS = " JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const WEEKDAYS = " SUN MON TUE WED THU FRI SAT".split(" ");
/** Years in which days are looked at: two 29ths of February among them. */
const [FIRST, LAST, END] = [2024, 2032, 2199];

/**
 * The longest time between two runs of a schedule of AWS, in seconds: `cron(0 5 ? * * *)` and `rate(1 day)` are a day. Infinity
 * for one that ends; undefined for what is not understood. Fields are those of EventBridge (user guide, "Cron expressions",
 * read 2026-11-23): minutes, hours, days of the month, months, days of the week from Sunday, years.
 */
export function longestGapOf(schedule: string): number | undefined {
  const [, figure, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  if (figure !== undefined) return Number(figure) * (UNITS[unit] ?? Number.NaN);
  const [minutes = "", hours = "", dates = "", months = "", weekdays = "", years = "", ...more] =
    /^cron\(\s*(.*?)\s*\)$/.exec(schedule)?.[1]?.split(/\s+/) ?? [];
  if (years === "" || more.length > 0) return undefined;
  const times = timesOf(numbersOf(minutes, 0, 59), numbersOf(hours, 0, 23));
  const days = daysOf(dates, numbersOf(months, 1, 12, MONTHS), weekdays);
  const span = numbersOf(years, 1970, END);
  if (times === undefined || days === undefined || span === undefined) return undefined;
  return isEndless(span) ? gapOf(times, days) : Number.POSITIVE_INFINITY;
}

const BY_NAME: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** The same of a CronJob of Kubernetes: `0 5 * * 0`, `@daily`. Days of the week count from 0, and 7 is Sunday too. */
export function longestGapOfCron(schedule: string): number | undefined {
  const [minutes, hours, dates, months, weekdays, ...more] = (BY_NAME[schedule] ?? schedule).trim().split(/\s+/);
  if (weekdays === undefined || more.length > 0) return undefined;
  // Where a date and a weekday are given, either is enough: AWS has no word for that.
  if (!/^[*?]$/.test(weekdays) && !/^[*?]$/.test(dates ?? "")) return undefined;
  const days = weekdays.replace(/(?<!\/)\b\d\b/g, (day) => String((Number(day) % 7) + 1));
  return longestGapOf(`cron(${[minutes, hours, dates, months, days, "*"].join(" ")})`);
}

type Numbers = ReadonlySet<number> | undefined;

/** What a field names: `*`, `?`, `5`, `1,13`, `MON-FRI`, `0/6`; nothing where it is something else. */
function numbersOf(field: string, from: number, to: number, names: readonly string[] = []): Numbers {
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const range = rangeOf(part.replace(/^[*?]/, `${from}-${to}`), to, names);
    if (range === undefined || range.start < from || range.end > to) return undefined;
    for (let at = range.start; at <= range.end; at += range.step) found.add(at);
  }
  return found;
}

/** `5`, `MON-FRI`, and with a step: from there to the end, or within. */
function rangeOf(part: string, to: number, names: readonly string[]) {
  const [whole, first = "", last, by] = /^(\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const [start, step] = [numberOf(first, names), Number(by ?? 1)];
  const until = by === undefined ? start : to;
  const end = last === undefined ? until : numberOf(last, names);
  return whole !== undefined && start <= end && step > 0 ? { start, end, step } : undefined;
}

/** A number by its figures or its name. */
function numberOf(word: string, names: readonly string[]): number {
  const at = names.indexOf(word.toUpperCase());
  return at > 0 ? at : Number(word);
}

const isEndless = (years: ReadonlySet<number>): boolean => {
  for (let year = LAST; year <= END; year += 1) if (!years.has(year)) return false;
  return true;
};

/** Minutes of a day. */
const timesOf = (minutes: Numbers, hours: Numbers): readonly number[] | undefined =>
  minutes === undefined || hours === undefined
    ? undefined
    : [...hours].flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute)).sort((one, other) => one - other);

/** Every day that is looked at: schedules are many, and days the same. */
const CALENDAR = Array.from(
  { length: (Date.UTC(LAST + 1, 0) - Date.UTC(FIRST, 0)) / (DAY * 1000) },
  (_, at): Readonly<Record<"number" | "date" | "month" | "weekday" | "next", number>> => {
    const of = (more: number) => new Date(Date.UTC(FIRST, 0, 1 + at + more));
    const [day, next] = [of(0), of(1).getUTCDate()];
    return { number: at, date: day.getUTCDate(), month: day.getUTCMonth() + 1, weekday: day.getUTCDay() + 1, next };
  },
);

/** Days, by number, on which it runs. */
function daysOf(dates: string, months: Numbers, weekdays: string): readonly number[] | undefined {
  const isLast = dates === "L";
  const [on, at] = [numbersOf(isLast ? "*" : dates, 1, 31), numbersOf(weekdays, 1, 7, WEEKDAYS)];
  if (on === undefined || at === undefined || months === undefined) return undefined;
  return CALENDAR.filter(
    ({ date, month, weekday, next }) => (isLast ? next === 1 : on.has(date)) && months.has(month) && at.has(weekday),
  ).map(({ number }) => number);
}

/** The longest of the gaps within a day, and over the days between. */
function gapOf(times: readonly number[], days: readonly number[]): number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const within = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const between = days.slice(1).map((day, at) => (day - (days[at] ?? day)) * 1440 - (last - first));
  return between.length === 0
    ? Number.POSITIVE_INFINITY
    : between.concat(within).reduce((one, other) => Math.max(one, other)) * MINUTE;
}
