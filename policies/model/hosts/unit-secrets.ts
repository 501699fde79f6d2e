import type { Unit } from "./units.ts";

/** A secret that stands in a unit; never its value. */
export interface UnitSecret {
  readonly setting: string;
  /** What it is called there: `--password`, `DB_PASSWORD`, `a URL`. */
  readonly name: string;
}

const SECRET = /(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential)/i;
/** Not the secret: where it is. */
const NOT_ITSELF = /(?:_file|-file|_path|-path|_id|-id|_arn|_name|_ttl|_days|_minutes|file|path)$/i;
const URL_WITH_PASSWORD = /:\/\/[^\s/@:]*:([^\s/@]+)@/;
/** `mysql -pSecret`, `redis-cli -a secret`. */
const SHORT = /\b(?:mysql|mariadb|mysqldump|mariadb-dump)\b.*?\s-p(\S+)|\bredis-cli\b.*?\s-a\s+(\S+)/;

/** Secrets in command lines and in `Environment=` of a unit, placeholders for secrets too. */
export const secretsIn = (unit: Unit): readonly UnitSecret[] => [
  ...["ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop"].flatMap((setting) =>
    unit.list(`Service.${setting}`).flatMap((line) => inCommand(line).map((name) => ({ setting, name }))),
  ),
  ...unit
    .list("Service.Environment")
    .flatMap((line) => inEnvironment(line).map((name) => ({ setting: "Environment", name }))),
];

/** Most lines have none of these words: they need no further look. */
const maySay = (line: string): boolean =>
  SECRET.test(line) || line.includes("://") || line.includes("%%") || SHORT.test(line);

function inCommand(line: string): readonly string[] {
  if (!maySay(line)) return [];
  const named = [...line.matchAll(/\s(--?[A-Za-z][\w.-]*)(?:=|\s+)("[^"]*"|'[^']*'|\S+)/g)]
    .filter(([, name = "", value = ""]) => SECRET.test(name) && !NOT_ITSELF.test(name) && isValue(value))
    .map(([, name = ""]) => name);
  return [
    ...named,
    ...(SHORT.test(line) ? ["-p or -a"] : []),
    ...(URL_WITH_PASSWORD.test(line) ? ["a URL"] : []),
    ...(line.includes("%%secret") && named.length === 0 ? ["a placeholder of a secret"] : []),
  ];
}

function inEnvironment(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|\s)["']?(\w+)=("[^"]*"|'[^']*'|[^\s"']*)/g)].flatMap(([, name = "", value = ""]) => {
    if (SECRET.test(name) && !NOT_ITSELF.test(name) && isValue(value)) return [name];
    return URL_WITH_PASSWORD.test(value) ? [name] : [];
  });
}

/** A path of credentials is none, nor is another option, nor a switch. */
const isValue = (value: string): boolean => {
  const bare = value.replace(/^["']|["']$/g, "");
  return (
    bare !== "" &&
    !/^(?:%d\/|\/|-|\$\{?CREDENTIALS_DIRECTORY)/.test(bare) &&
    !/^(?:true|false|yes|no|on|off|\d{1,3})$/i.test(bare)
  );
};
