/** A setting of a file with sections. */
export interface IniSetting {
  readonly section: string;
  /** In lower case, `-` as `_`: programs take both. */
  readonly name: string;
  /** Nothing where the name stands alone, as `skip-networking` does. */
  readonly value: string | undefined;
}

/** Settings of a file in their order; `#` and `;` begin comments, `%` and `$` nothing. */
export function parseIni(text: string): readonly IniSetting[] {
  const settings: IniSetting[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const bare = line.trim();
    if (bare === "" || bare.startsWith("#") || bare.startsWith(";") || bare.startsWith("!")) continue;
    const head = /^\[([^\]]*)\]$/.exec(bare);
    if (head !== null) {
      section = head[1] ?? "";
      continue;
    }
    const equals = bare.indexOf("=");
    const name = (equals < 0 ? bare : bare.slice(0, equals)).trim().toLowerCase().replaceAll("-", "_");
    const value =
      equals < 0
        ? undefined
        : bare
            .slice(equals + 1)
            .trim()
            .replace(/^(["'])(.*)\1$/, "$2");
    settings.push({ section, name, value });
  }
  return settings;
}
