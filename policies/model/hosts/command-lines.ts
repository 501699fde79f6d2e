import { type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { tasks } from "./tasks.ts";
import { type ShownSecret, secretsIn, secretsOfCommand, shortSecrets } from "./unit-secrets.ts";
import { services } from "./units.ts";

/** What starts programs: a unit, a script, a task; with the secrets that all accounts of the host see while it does. */
export interface Starter {
  readonly at: Place;
  readonly shown: readonly ShownSecret[];
}

const SHELL = /^#!.*\b(?:ba|da|k|z)?sh\b/;
const SCRIPT = /^#!/;
const COMMENT = /^\s*(?:#|\/\/)/;
/** A shell keeps what it assigns to itself, until it exports it. */
const ASSIGNS = /^\s*(?:local\s+|readonly\s+)?[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s;]*)\s*;?\s*$/;

const KNOWN = {};

/** Every service, script and task of every host. */
export const starters = kind<Starter>("what starts programs", (estate) => {
  const shownIn = ({ path, text }: HostFile): readonly ShownSecret[] => {
    const isShell = SHELL.test(text) || path.endsWith(".sh");
    return estate.memory.ofForm(KNOWN, isShell ? "shell" : "other", text, () => inScript(text, isShell));
  };
  return [
    ...estate.of(services).map((unit) => ({ at: unit.at, shown: secretsIn(unit) })),
    ...estate.hosts.flatMap((host) =>
      [...host.files.values()]
        .filter(({ path, text }) => SCRIPT.test(text) || path.endsWith(".sh"))
        .map((file) => ({ at: placeOfHost(host, file.path), shown: shownIn(file) })),
    ),
    ...estate.of(tasks).map(({ at, name, command }) => ({
      at,
      shown: secretsOfCommand(command).map((each) => ({ setting: `${name}: command`, name: each })),
    })),
  ];
});

/** Of a shell each line is a command; of other languages, words of a list may be one. */
function inScript(text: string, isShell: boolean): readonly ShownSecret[] {
  const lines = text.replaceAll("\\\n", " ").split("\n");
  return lines
    .filter((line) => !COMMENT.test(line))
    .flatMap((line) => {
      if (isShell) return ASSIGNS.test(line) ? [] : secretsOfCommand(line);
      return shortSecrets(line.replaceAll(/["'`,[\]()]+/g, " "));
    })
    .map((name) => ({ setting: "text", name }));
}
