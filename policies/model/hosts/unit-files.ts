import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { type UnitText, unitTextOf } from "./unit-file.ts";
import { isUnitFile } from "./unit-folders.ts";

/** One file of a unit or of a drop-in, by itself. */
export interface UnitFile {
  readonly at: Place;
  /** Settings that it gives and then takes away: `Service.EnvironmentFile`. */
  readonly lost: readonly string[];
}

/** Every file of units. */
export const ownFiles = kind<UnitFile>("file of a unit", (estate) => {
  const known = new Map<UnitText, readonly string[]>();
  const lostOf = (text: UnitText): readonly string[] => {
    const found = known.get(text) ?? lostIn(text);
    known.set(text, found);
    return found;
  };
  return estate.hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => isUnitFile(path))
      .map(({ path, text }) => ({ at: placeOfHost(host, path), lost: lostOf(unitTextOf(estate, text)) })),
  );
});

const lostIn = (text: UnitText): readonly string[] =>
  [...text]
    .filter(([, values]) => values.lastIndexOf("") > values.findIndex((value) => value !== "") && values.some(Boolean))
    .map(([name]) => name);
