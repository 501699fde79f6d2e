import type { Keep } from "../schema/job.ts";
import type { Schedule } from "../schema/schedule.ts";
import type { Check, Fault, Subject } from "./fault.ts";
import { byName, field } from "./label.ts";
import type { Measure, Minimum } from "./minimums.ts";
import { isRecurring, minutesBetween } from "./schedule.ts";
import { showTime } from "./show.ts";

/** Figures of the catalogue against those of requirements. A minimum without its subject is a fault: a rename must not end it. */

const DAY = 86_400;

interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** Elements of a list by name, or a field of an object. */
function step({ path, value }: Found, segment: string): readonly Found[] {
  if (!Array.isArray(value)) {
    const content = field(value, segment);
    return content === undefined ? [] : [{ path: `${path}/${segment}`, value: content }];
  }
  return value
    .filter((element) => segment === "*" || field(element, "name") === segment)
    .map((element: unknown) => ({ path: `${path}/${byName(element) ?? segment}`, value: element }));
}

function find(subject: Subject, path: string): readonly Found[] {
  const [first, ...rest] = path.split("/");
  const roots: readonly Found[] =
    first === "environments"
      ? [{ path: first, value: subject.environments }]
      : subject.services
          .filter(({ name }) => first === "*" || name === first)
          .map((service) => ({ path: service.name, value: service }));
  return rest.reduce((found: readonly Found[], segment) => found.flatMap((each) => step(each, segment)), roots);
}

const copies = (keep: Keep, period: "daily" | "weekly"): number =>
  "for" in keep ? Math.floor(keep.for / (period === "daily" ? DAY : 7 * DAY)) : keep[period];

/** Connections that leave the component's host: what stands on its loopback does not count. */
const outward = (services: Subject["services"], component: unknown): number =>
  services.flatMap(({ flows }) => flows).filter(({ from, to }) => from === component && to.transport !== "loopback")
    .length;

const outbound = (services: Subject["services"], component: unknown): number =>
  services.flatMap(({ egress }) => egress).filter(({ from }) => from === component).length;

/** The figure; infinite where a schedule never comes, not a number where a command has none. */
function read({ services }: Subject, value: unknown, measure: Measure): number {
  switch (measure) {
    case "time":
      return Number(value);
    case "span":
      return "for" in (value as Keep) ? (value as { for: number }).for : (value as { daily: number }).daily * DAY;
    case "daily copies":
      return copies(value as Keep, "daily");
    case "weekly copies":
      return copies(value as Keep, "weekly");
    case "interval":
      return isRecurring(value as Schedule) ? minutesBetween(value as never) * 60 : Number.POSITIVE_INFINITY;
    case "argument":
      return Number(/\((\d+)\)/.exec((value as readonly string[]).join(" "))?.[1]);
    case "backups":
      return field(value, "kind") === "backup" ? 1 : 0;
    case "ways to the internet":
      return outbound(services, value);
    case "calls beyond its host":
      return outward(services, value);
  }
}

function shown(figure: number, measure: Measure): string {
  switch (measure) {
    case "time":
    case "span":
    case "interval":
      return showTime(figure);
    case "argument":
      return `${figure}`;
    default:
      return `${figure} ${measure}`;
  }
}

function meets(subject: Subject, { id, path, measure, bound }: Minimum): readonly Fault[] {
  const found = find(subject, path);
  const [limit, sign] = "atLeast" in bound ? [bound.atLeast, ">="] : [bound.atMost, "<="];
  const rule = `must be ${sign} ${shown(limit, measure)} (${id})`;
  if (found.length === 0) {
    const excused = path.startsWith("*") || !subject.complete;
    return excused ? [] : [{ path, rule, got: "nothing: no such part" }];
  }
  return found.flatMap(({ path: where, value }) => {
    const figure = read(subject, value, measure);
    const holds = "atLeast" in bound ? figure >= limit : figure <= limit;
    return holds ? [] : [{ path: where, rule, got: shown(figure, measure) }];
  });
}

/** A check of these minimums. */
export const requirements =
  (minimums: readonly Minimum[]): Check =>
  (subject) =>
    minimums.flatMap((minimum) => meets(subject, minimum));
