import { type Host, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { known } from "../value.ts";
import { longestGap, spanOf } from "./schedule.ts";
import { type Unit, units } from "./units.ts";

/** A timer of systemd and the service that it starts. */
export interface Timer {
  readonly at: Place;
  readonly host: Host;
  /** Without `.timer`. */
  readonly name: string;
  readonly unit: Unit;
  /** Nothing where outputs do not show it. */
  readonly service: Unit | undefined;
  /** The longest time between two runs, in seconds; nothing where it is not understood. */
  readonly gap: number | undefined;
  /** Whether what was missed while the host was down is made up for. */
  readonly persistent: boolean;
  /** Whether it starts with the host. */
  readonly enabled: boolean;
  /** Whether its own file is there; a drop-in changes a timer of a package. */
  readonly whole: boolean;
}

/** Every timer of every host. */
export const timers = kind<Timer>("timer of systemd", (estate) => {
  const byHost = new Map<string, Map<string, Unit>>();
  for (const unit of estate.of(units)) {
    const known = byHost.get(unit.host.name) ?? new Map<string, Unit>();
    byHost.set(unit.host.name, known.set(unit.name, unit));
  }
  return estate
    .of(units)
    .filter(({ type }) => type === "timer")
    .map((unit) => {
      const name = unit.name.slice(0, -".timer".length);
      const started = known(unit.text("Timer.Unit")) ?? `${name}.service`;
      return {
        ...{ at: unit.at, host: unit.host, name, unit, whole: unit.whole },
        service: byHost.get(unit.host.name)?.get(started),
        gap: gapOf(unit),
        persistent: unit.flag("Timer.Persistent") === true,
        enabled: unit.list("Install.WantedBy").length > 0,
      };
    });
});

function gapOf(unit: Unit): number | undefined {
  const gaps = [
    ...unit.list("Timer.OnCalendar").map(longestGap),
    ...["Timer.OnUnitActiveSec", "Timer.OnUnitInactiveSec"].flatMap((name) => unit.list(name).map(spanOf)),
  ];
  const known = gaps.filter((gap) => gap !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
