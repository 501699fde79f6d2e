import type { Unit } from "../../../services/schema/component.ts";

const BOUND = / --host (\S+) --port (\d+)/;

/** Where a unit takes requests: `127.0.0.1:8000`; undefined for one that fetches its work. */
export const addressOf = ({ exec }: Unit): string | undefined => BOUND.exec(exec)?.slice(1).join(":");

/** Port of that address. */
export const portOf = (unit: Unit): number | undefined => {
  const port = Number(addressOf(unit)?.split(":").at(-1));
  return Number.isNaN(port) ? undefined : port;
};

/** What it runs where systemd opens that address and hands it over, as descriptor 3: it stays open while programs change. */
export const handedOver = ({ exec }: Unit): string => exec.replace(BOUND, " --fd 3");
