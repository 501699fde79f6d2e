/** What a parsed document holds. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object, or an empty one for whatever else is there. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** A list: itself, one thing as a list of one, nothing as an empty one. Both spellings mean the same in Terraform. */
export const listOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
};

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
