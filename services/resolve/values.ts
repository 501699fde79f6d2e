import type { Service } from "../schema/service.ts";
import type { Value } from "../schema/value.ts";

/** Values with templates opened: what a workload names one by one. */
export const partsOf = (values: readonly Value[]): readonly Value[] =>
  values.flatMap((value): readonly Value[] =>
    typeof value === "object" && value.kind === "template" ? value.parts : [value],
  );

/** A managed database, and what of it a workload is told that only apply knows. */
interface AfterApply {
  readonly database: string;
  readonly fact: "endpoint" | "administrator-secret";
}

/** What is known only after apply among values, each once. */
export function afterApply(service: Service, values: readonly Value[]): readonly AfterApply[] {
  const databases = service.stores.filter(({ kind }) => kind === "managed-postgres").map(({ name }) => name);
  const found = partsOf(values).flatMap((part): readonly AfterApply[] => {
    if (typeof part !== "object") return [];
    if (part.kind === "administrator") return [{ database: part.of.name, fact: "administrator-secret" }];
    return part.kind === "host" && databases.includes(part.of.owner)
      ? [{ database: part.of.owner, fact: "endpoint" }]
      : [];
  });
  return [...new Map(found.map((each) => [`${each.database} ${each.fact}`, each])).values()];
}
