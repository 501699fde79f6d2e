import { type WeakerChoice, weakerChoices } from "../weaker-choices.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { isDay } from "./schedule.ts";
import { show } from "./show.ts";

/** A weaker choice stands only with a reason and until a day, and only where it is one. */

const SHORTEST_REASON = 10;
const LONGEST_YEARS = 2;

const yearsLater = (day: string, years: number) => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

function accepted({ path, reason, until }: WeakerChoice, today: string): readonly Fault[] {
  const last = yearsLater(today, LONGEST_YEARS);
  return [
    ...unless(
      reason.trim().length >= SHORTEST_REASON,
      `${path}/reason`,
      `must say why, in at least ${SHORTEST_REASON} characters`,
      show(reason),
    ),
    ...(isDay(until)
      ? [
          ...unless(until > today, `${path}/until`, `must be later than today (${today})`, show(until)),
          ...unless(
            until <= last,
            `${path}/until`,
            `must be at most ${LONGEST_YEARS} years ahead (${last})`,
            show(until),
          ),
        ]
      : [{ path: `${path}/until`, rule: "must be a day, YYYY-MM-DD", got: show(until) }]),
  ];
}

export const acceptances: Check = ({ services, environments, today }) => {
  if (!isDay(today)) return [{ path: "today", rule: "must be a day, YYYY-MM-DD", got: show(today) }];
  return [
    ...services.flatMap((service) =>
      service.components.flatMap((component) => {
        if (component.kind === "pods") return [];
        const path = `${service.name}/components/${component.name}/single`;
        const { single, zones } = component;
        if (single === undefined) {
          return unless(
            zones > 1,
            path,
            "must give reason and until where zones is 1: a zone lost is a service lost",
            "nothing",
          );
        }
        return unless(zones === 1, path, `must be absent where zones is ${zones}`, show(single.reason));
      }),
    ),
    ...weakerChoices(services, environments).flatMap((choice) => accepted(choice, today)),
  ];
};
