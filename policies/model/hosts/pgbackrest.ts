import { type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { parseIni } from "./ini.ts";

/** A repository that pgBackRest archives to. */
export interface Repository {
  readonly at: Place;
  readonly host: Host;
  /** `repo1`. */
  readonly name: string;
  /** An option of it: `s3_verify_tls` of `repo1-s3-verify-tls`. */
  readonly option: (name: string) => string | undefined;
}

/** Every repository of every host. */
export const repositories = kind<Repository>("repository of pgBackRest", ({ hosts }) =>
  hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => path.includes("pgbackrest") && /\/pgbackrest(?:\/.*)?\.conf$/.test(path))
      .flatMap(({ path, text }) => {
        const settings = parseIni(text);
        const names = new Set(settings.flatMap(({ name }) => /^(repo\d+)_/.exec(name)?.[1] ?? []));
        return [...names].map((repository) => ({
          ...{ at: placeOfHost(host, path), host, name: repository },
          option: (name: string) => settings.findLast((each) => each.name === `${repository}_${name}`)?.value,
        }));
      }),
  ),
);
