import { type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { known } from "../value.ts";
import { services } from "./units.ts";

/** A file of environment variables, and who starts from it. */
export interface Environment {
  readonly at: Place;
  readonly file: string;
  /** Accounts of services; `root` where none is given. */
  readonly accounts: readonly string[];
}

/** Every `EnvironmentFile` of every host. */
export const environments = kind<Environment>("environment of services", (estate) => {
  const byHost = new Map<Host, Map<string, Set<string>>>();
  for (const unit of estate.of(services)) {
    const files = byHost.get(unit.host) ?? new Map<string, Set<string>>();
    byHost.set(unit.host, files);
    for (const line of unit.list("Service.EnvironmentFile")) {
      const file = line.replace(/^-/, "");
      files.set(file, (files.get(file) ?? new Set()).add(known(unit.text("Service.User")) ?? "root"));
    }
  }
  return [...byHost].flatMap(([host, files]) =>
    [...files].map(([file, accounts]) => ({ at: placeOfHost(host), file, accounts: [...accounts] })),
  );
});
