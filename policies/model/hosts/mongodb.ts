import { kind } from "../estate.ts";
import { listOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown, type Value } from "../value.ts";
import { at, yamlOf } from "./yaml-files.ts";

/** A MongoDB server, by its file. */
export interface Mongodb {
  readonly at: Place;
  /** The value at a path of names, as a text; lists are joined by commas. */
  readonly setting: (path: string) => Value<string> | undefined;
}

/** Every MongoDB of every host. */
export const mongodbs = kind<Mongodb>("MongoDB", (estate) =>
  estate.hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => path.includes("mongod") && /\/mongod[^/]*\.conf$/.test(path))
      .map((file) => {
        const read = yamlOf(estate, file);
        return {
          at: placeOfHost(host, file.path),
          setting: (path: string): Value<string> | undefined => {
            if (isUnknown(read)) return read;
            const value = at(read, path);
            return value === undefined || value === null ? undefined : listOf(value as never).join(",");
          },
        };
      }),
  ),
);
