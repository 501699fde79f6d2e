import { type Estate, type Host, type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { Unknown, type Value } from "../value.ts";
import { type UnitText, unitTextOf } from "./unit-file.ts";
import { dropInsOf, ownFileOf, unitFilesOf, unitNamesOf } from "./unit-folders.ts";

/** A unit of systemd, with all its drop-ins. */
export class Unit {
  readonly at: Place;
  readonly host: Host;
  /** `nginx.service`, `ticketing-migrate@.service`. */
  readonly name: string;
  /** `service`, `timer`, `mount`. */
  readonly type: string;
  /** Whether its own file is there; drop-ins alone add to a package's unit, which outputs do not show. */
  readonly whole: boolean;
  readonly #texts: readonly UnitText[];

  constructor(host: Host, name: string, files: readonly HostFile[], whole: boolean, texts: readonly UnitText[]) {
    this.at = placeOfHost(host, files.at(0)?.path);
    this.host = host;
    this.name = name;
    this.type = name.slice(name.lastIndexOf(".") + 1);
    this.whole = whole;
    this.#texts = texts;
  }

  /** All values of a setting that add up: an empty one takes earlier ones away. */
  list(name: string): readonly string[] {
    const values = this.#values(name);
    return values.slice(values.lastIndexOf("") + 1);
  }

  /** Whether a setting is given at all, if only to take away. */
  has(name: string): boolean {
    return this.#texts.some((each) => each.has(name));
  }

  /** Names of all settings that are given: `Unit.ConditionPathExists`. */
  names(): readonly string[] {
    return this.#texts.flatMap((each) => [...each.keys()]);
  }

  /** The value of a setting that counts once: the last; empty is nothing. Unknown where a package's unit may have it. */
  text(name: string): Value<string> | undefined {
    const last = this.#values(name).at(-1);
    if (last === undefined) return this.whole ? undefined : new Unknown(`${name} of the package's ${this.name}`);
    return last === "" ? undefined : last;
  }

  #values(name: string): readonly string[] {
    const [only, ...more] = this.#texts;
    return more.length === 0 ? (only?.get(name) ?? []) : this.#texts.flatMap((each) => each.get(name) ?? []);
  }

  /** `yes`, `true`, `on`, `1`; absent: systemd's default, which is no. */
  flag(name: string): Value<boolean> {
    const text = this.text(name);
    if (text instanceof Unknown) return text;
    return text !== undefined && ["yes", "true", "on", "1", "y", "t"].includes(text.toLowerCase());
  }
}

/** What loads a host's firewall. */
export const FIREWALL = "nftables.service";

/** Settings of a service that hold commands (systemd.service(5)). */
export const commands = [
  "ExecCondition",
  "ExecStartPre",
  "ExecStart",
  "ExecStartPost",
  "ExecReload",
  "ExecStop",
  "ExecStopPost",
] as const;

/** Every unit that files of a host make or change. */
export const units = kind<Unit>("unit of systemd", (estate: Estate) =>
  estate.hosts.flatMap((host) => unitsOf(host, ({ text }) => unitTextOf(estate, text))),
);

/** Services, of which most rules are. */
export const services = kind<Unit>("service of systemd", (estate) =>
  estate.of(units).filter(({ type }) => type === "service"),
);

function unitsOf(host: Host, parse: (file: HostFile) => UnitText): readonly Unit[] {
  const read = unitFilesOf(host);
  return unitNamesOf(read).map((name) => {
    const file = ownFileOf(name, read);
    const files = [...(file === undefined ? [] : [file]), ...dropInsOf(name, read)];
    return new Unit(host, name, files, file !== undefined, files.map(parse));
  });
}
