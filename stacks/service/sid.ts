/** `database-dump` is `DatabaseDump`: sids take letters and digits. */
export const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
