import { type Host, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { type Timer, timers } from "./timers.ts";
import { type Unit, units } from "./units.ts";

/** A service that runs on, or a timer, and what keeps it from being there again. */
export interface ComingBack {
  readonly at: Place;
  readonly faults: readonly Absence[];
}

export interface Absence {
  readonly setting: string;
  readonly got: unknown;
  readonly expected: string;
}

/** Of units whose own files are there: of those of packages nobody sees the rest. */
export const comingBack = kind<ComingBack>("service or timer that comes back", (estate) => {
  const all = estate.of(units);
  const starters = new Set(all.flatMap(startedBy));
  const services = all.filter(({ type, whole }) => type === "service" && whole).filter(runsOn);
  const own = estate.of(timers).filter(({ whole }) => whole);
  return [
    ...services.map((unit) => ({
      at: unit.at,
      faults: [...restarting(unit), ...(starters.has(keyOf(unit.host, unit.name)) ? [] : starting(unit))],
    })),
    ...own.map((timer) => ({ at: timer.at, faults: [...starting(timer.unit), ...again(timer)] })),
    ...own.filter(isByTheClock).flatMap(({ service }) => {
      return service?.whole && runsAlone(service) ? [{ at: service.at, faults: waiting(service) }] : [];
    }),
  ];
});

const keyOf = ({ name }: Host, unit: string): string => `${name} ${unit}`;

/** Services that a unit starts: a socket, a path or a timer the one of its name or another that it names, others what they want. */
function startedBy(unit: Unit): readonly string[] {
  const { host, name, type } = unit;
  const own = ["socket", "path", "timer"].includes(type) ? [name.replace(/\.\w+$/, ".service")] : [];
  const named = STARTS.flatMap((setting) => unit.list(setting).flatMap((each) => each.split(/\s+/)));
  return [...own, ...named].map((each) => keyOf(host, each));
}

const STARTS = [
  ...["Socket.Service", "Path.Unit", "Timer.Unit"],
  ...["Unit.Wants", "Unit.Requires", "Unit.BindsTo", "Unit.Upholds"],
];

/** What ends when it is done comes by its timer; of an instance `@` what starts it decides. */
const runsOn = (unit: Unit): boolean => unit.text("Service.Type") !== "oneshot" && !unit.name.includes("@");

/** Such a time may come, and one that was missed is made up for, while the host starts. */
const isByTheClock = ({ unit }: Timer): boolean => unit.list("Timer.OnCalendar").length > 0;

/** What is itself a part of the host's start waits for nothing else of it; what has no network asks nobody. */
const runsAlone = (unit: Unit): boolean =>
  unit.list("Install.WantedBy").length === 0 && unit.flag("Service.PrivateNetwork") !== true;

/** The network alone is there before anything that a task would ask. */
const waiting = (unit: Unit): readonly Absence[] => {
  const before = unit.list("Unit.After").flatMap((each) => each.split(/\s+/));
  return before.some((each) => each.endsWith(".service") || LAST.includes(each))
    ? []
    : [
        {
          setting: "After",
          got: before.join(" ") || undefined,
          expected: "multi-user.target, or the services that it asks",
        },
      ];
};

const LAST = ["multi-user.target", "graphical.target", "default.target"];

function restarting(unit: Unit): readonly Absence[] {
  const got = unit.text("Service.Restart") ?? "no";
  return got === "always" || got === "on-failure"
    ? []
    : [{ setting: "Restart", got, expected: "always or on-failure" }];
}

const starting = (unit: Unit): readonly Absence[] =>
  ["Install.WantedBy", "Install.RequiredBy", "Install.UpheldBy"].some((name) => unit.list(name).length > 0)
    ? []
    : [{ setting: "WantedBy", got: undefined, expected: "what starts it with its host" }];

/** The longest that anything waits: what is done each year, and some days. */
const LONGEST = 400 * 86_400;

const again = ({ gap }: Timer): readonly Absence[] =>
  gap !== undefined && gap <= LONGEST
    ? []
    : [
        {
          setting: "OnCalendar",
          got: gap === undefined ? "no time that comes again" : `every ${gap} s`,
          expected: "a time that comes again",
        },
      ];
