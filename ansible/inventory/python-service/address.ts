import type { Unit } from "../../../services/schema/component.ts";
import { LIBRARY } from "./place.ts";

const SERVER = /^(\S+\/bin)\/uvicorn (\S+) --host (\S+) --port (\d+)$/;

/** Runs an application of uvicorn on a port that systemd holds; what changes it changes every unit with an address. */
export const SERVE = `${LIBRARY}/serve`;

/** Where a unit takes requests: `127.0.0.1:8000`; undefined for one that fetches its work. */
export const addressOf = ({ exec }: Pick<Unit, "exec">): string | undefined => SERVER.exec(exec)?.slice(3).join(":");

/** Port of that address. */
export const portOf = (unit: Pick<Unit, "exec">): number | undefined => {
  const port = Number(addressOf(unit)?.split(":").at(-1));
  return Number.isNaN(port) ? undefined : port;
};

/**
 * What it runs where systemd opens that address and hands it over: the port stays open while programs change. Throws for a server
 * that could not be handed one.
 */
export function handedOver({ name, exec }: Pick<Unit, "name" | "exec">): string {
  if (addressOf({ exec }) === undefined && / --(host|port|bind|fd|uds)\b|\/uvicorn /.test(exec))
    throw new Error(
      `${name}/exec: a server must be <venv>/bin/uvicorn <module>:<name> --host <address> --port <port>, got "${exec}"`,
    );
  return exec.replace(SERVER, `$1/python -I ${SERVE} $2`);
}
