import type { ServiceContext } from "./context.ts";

/** The condition that a key is used through this AWS service of the region, by its endpoint name: `s3`. */
export const through = ({ resolved }: Pick<ServiceContext, "resolved">, service: string) => ({
  StringEquals: { "kms:ViaService": [`${service}.${resolved.environment.region}.amazonaws.com`] },
});

/** `database-dump` is `DatabaseDump`: sids take letters and digits. */
export const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
