import { valuesOf } from "../schema/component.ts";
import type { Service } from "../schema/service.ts";
import type { Value } from "../schema/value.ts";
import { callerParty } from "./flows/declared.ts";
import { afterApply } from "./values.ts";

interface Database {
  readonly name: string;
}

/** Parties that are told where the administrator's password of a managed database lies, by their values. */
export const administratorsOf = (service: Service, database: Database): readonly string[] => {
  const told = (values: readonly Value[]) =>
    afterApply(service, values).some(
      ({ database: name, fact }) => name === database.name && fact === "administrator-secret",
    );
  return [
    ...service.components.filter((component) => told(valuesOf(component))),
    ...service.jobs.filter(({ environment }) => told(Object.values(environment))),
  ].map((caller) => callerParty(service, caller));
};
