import { variablesOf } from "./settings.ts";
import { commands, type Unit } from "./units.ts";

/** A secret that stands in a command or in a unit; never its value. */
export interface ShownSecret {
  readonly setting: string;
  /** What it is called there: `--password`, `DB_PASSWORD`, `a URL`. */
  readonly name: string;
}

const SECRET =
  /(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|[a-z]_pwd(?!\w))/i;
/** Not the secret: where it is. */
const NOT_ITSELF = /(?:_file|-file|_path|-path|_id|-id|_arn|_name|_ttl|_days|_minutes|file|path)$/i;
const URL_WITH_PASSWORD = /:\/\/[^\s/@:]*:([^\s/@]+)@/;
/** Options of clients whose names do not say that a password follows. */
const SHORT: readonly (readonly [program: RegExp, option: RegExp, name: string])[] = [
  [/\b(?:mysql|mariadb)[\w-]*|\bmariabackup|\bxtrabackup/, /\s-p(?!\s|$)\S/, "-p"],
  [/\b(?:redis|valkey|keydb)-cli\b/, /\s(?:-a|--pass)[\s=]+\S/, "-a"],
  [/\bmongo[a-z]*\b/, /\s-p\s*\S/, "-p"],
  [/\bcurl\b/, /\s(?:-\w*[uU]|--(?:proxy-)?user)[\s=]*["']?[^\s:]+:\S/, "-u"],
  [/\b(?:curl|wget)\b/, /(?:authorization|api-key|private-token|x-auth-\w+|x-[\w-]*token):\s*\S/i, "a header"],
  [/\bsshpass\b/, /\s-p\s*\S/, "-p"],
  [/\bldap\w+\b/, /\s-w\s*\S/, "-w"],
  [/\bopenssl\b/, /\s-(?:pass(?:in|out)?)\s+["']?pass:|\s-K\s/, "pass:"],
  [/\bhtpasswd\b/, /\s-\w*b/, "-b"],
  [/\bdocker\b|\bpodman\b/, /\blogin\b.*\s-p[\s=]*\S/, "-p"],
  [/\baws\b/, /\baws_secret_access_key\s+\S/, "aws_secret_access_key"],
  [/\b(?:psql|pg_dump\w*|pg_restore|pg_basebackup)\b/, /\bpassword=\S/, "password="],
  [/\bmount\b/, /\bpassw(?:or)?d=\S/, "password="],
];
/** No command without one of these holds one. */
const PROGRAM = new RegExp(SHORT.map(([program]) => program.source).join("|"));

/** Secrets in command lines and in `Environment=` of a unit, placeholders for secrets too. */
export const secretsIn = (unit: Unit): readonly ShownSecret[] => [
  ...commands.flatMap((setting) =>
    unit.list(`Service.${setting}`).flatMap((line) => secretsOfCommand(line).map((name) => ({ setting, name }))),
  ),
  ...unit
    .list("Service.Environment")
    .flatMap((line) => inEnvironment(line).map((name) => ({ setting: "Environment", name }))),
];

/** What programs are called with, by which they would show a password to whoever lists processes. */
export const shortSecrets = (line: string): readonly string[] =>
  PROGRAM.test(line)
    ? SHORT.filter(([program, option]) => {
        const at = program.exec(line);
        return at !== null && option.test(line.slice(at.index));
      }).map(([, , name]) => name)
    : [];

/** Secrets of a command line by their names there: of an option, of a variable that it begins with, in a URL. */
export function secretsOfCommand(line: string): readonly string[] {
  const short = shortSecrets(line);
  if (!(SECRET.test(line) || line.includes("://") || line.includes("%%"))) return short;
  const named = [...line.matchAll(/(?<=^|\s)(--?[A-Za-z][\w.-]*)(?:=|\s+)("[^"]*"|'[^']*'|\S+)/g)]
    .filter(([, name = "", value = ""]) => SECRET.test(name) && !NOT_ITSELF.test(name) && isValue(value))
    .map(([, name = ""]) => name);
  const found = [
    ...named,
    ...inEnvironment(line),
    ...short.filter((name) => !(name === "password=" && named.length > 0)),
    ...(URL_WITH_PASSWORD.test(line) ? ["a URL"] : []),
  ];
  return line.includes("%%secret") && found.length === 0 ? ["a placeholder of a secret"] : [...new Set(found)];
}

const inEnvironment = (line: string): readonly string[] =>
  variablesOf(line).flatMap(({ name, value }) => {
    if (SECRET.test(name) && !NOT_ITSELF.test(name) && isValue(value)) return [name];
    return URL_WITH_PASSWORD.test(value) ? [name] : [];
  });

/** A path of credentials is none, nor is another option, nor a switch. */
const isValue = (value: string): boolean => {
  const bare = value.replace(/^["']|["']$/g, "");
  return (
    bare !== "" &&
    !/^(?:%d\/|\/|-|\$\{?CREDENTIALS_DIRECTORY)/.test(bare) &&
    !/^(?:true|false|yes|no|on|off|\d{1,3})$/i.test(bare)
  );
};
