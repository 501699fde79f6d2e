import { type Estate, type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown, type Value } from "../value.ts";
import { looseInFile } from "./loose-files.ts";
import { type LooseTrust, looseLine, looseSetting, mayBeLoose, maySwitch } from "./loose-trust.ts";
import { formOf, settingsOf, variablesOfUnit } from "./settings.ts";

/** A place that lets through too much, or a file of settings that nobody can read. */
export type Trusted = Omit<LooseTrust, "text"> & { readonly text: Value<string> };

/** A file of a host with every place where it tells a program not to look at whom it talks to. */
export interface TrustingFile {
  readonly at: Place;
  readonly loose: readonly Trusted[];
}

/** Have rules of their own, and nothing of this. */
const OTHERS = /\/nginx\/|nftables\.conf$|\.asc$|\/audit\/|\/sysctl|\/syslog-ng\/|\/apt\/|\/chrony\/|resolv\.conf$/;
/** Scripts say what they do for people, comments say what they do not. */
const COMMENT = /^\s*(?:#|\/\/|;|"""|--\s)/;
const UNITS = "/systemd/";

const KNOWN = {};

/** Every text file that tells programs whom to trust. */
export const trustingFiles = kind<TrustingFile>("file that says whom to trust", (estate) => {
  const looseIn = (file: HostFile): readonly Trusted[] => {
    const form = file.path.includes(UNITS) ? UNITS : (formOf(file.path) ?? "");
    return estate.memory.ofForm(KNOWN, form, file.text, () => readLoose(estate, file));
  };
  return estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file) => {
      const named = looseInFile(file.path, file.text);
      const isOther = OTHERS.test(file.path);
      if (isOther && named.length === 0) return [];
      // What both readings see is said once, in the words of its file.
      const more = isOther ? [] : looseIn(file).filter(({ text }) => !named.some((each) => overlap(each.text, text)));
      return [{ at: placeOfHost(host, file.path), loose: [...named, ...more] }];
    }),
  );
});

const overlap = (line: string, other: Value<string>): boolean => {
  const name = (text: string): string => text.split(/[\s:=]/, 1)[0] ?? "";
  return !isUnknown(other) && name(line).toLowerCase() === name(other).toLowerCase();
};

/** Every such place of a file, or of a text that a program gets as one. */
export function readLoose(estate: Estate, file: HostFile): readonly Trusted[] {
  const lines = mayBeLoose(file.text)
    ? file.text.split("\n").flatMap((line) => (COMMENT.test(line) ? [] : (looseLine(line) ?? [])))
    : [];
  if (!maySwitch(file.text)) return lines;
  const settings = file.path.includes(UNITS) ? variablesOfUnit(file.text) : settingsOf(estate, file);
  if (isUnknown(settings)) return [...lines, { text: settings, expected: "what can be read" }];
  // What both readings see is said once.
  const more = settings
    .filter(({ name }) => !lines.some(({ text }) => text.includes(name)))
    .flatMap(({ parent, name, value }) => looseSetting(parent, name, value) ?? []);
  return [...lines, ...more];
}
