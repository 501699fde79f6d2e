import { type Estate, type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { mayCall, type OpenCall, openCalls } from "./calls.ts";
import { formOf, settingsOf } from "./settings.ts";

/** A file by which programs of a host know whom to call. */
export interface CallingFile {
  readonly at: Place;
  /** By the name that each stands under. */
  readonly open: readonly { readonly name: string; readonly call: OpenCall }[];
}

/** What proxies, firewalls and resolvers are given has rules of its own, and other meanings. */
const OTHERS = /\/nginx\/|nftables\.conf$|\.asc$|\/(?:audit|sysctl\.d|syslog-ng|apt|chrony)\/|resolv\.conf$/;
const COMMENT = /^\s*(?:#|\/\/|;|"""|--\s)/;
/** Lines of a unit that start something or hand it something. */
const OF_UNIT = /^\s*(?:Exec\w+|Environment)=/;
const LOGIN = /:\/\/[^/@\s]*@/g;

const KNOWN = {};

/** Every file of every host that may name somebody to call. */
export const callingFiles = kind<CallingFile>("file that says whom to call", (estate) => {
  const openIn = (file: HostFile): CallingFile["open"] => {
    const form = formOf(file.path) ?? (file.path.includes("/systemd/") ? "unit" : "program");
    return estate.memory.ofForm(KNOWN, form, file.text, () => (mayCall(file.text) ? readOpen(estate, file, form) : []));
  };
  return estate.hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => !OTHERS.test(path))
      .map((file) => ({ at: placeOfHost(host, file.path), open: openIn(file) })),
  );
});

function readOpen(estate: Estate, file: HostFile, form: string): CallingFile["open"] {
  if (formOf(file.path) !== undefined) {
    const settings = settingsOf(estate, file);
    // What is no YAML is no setting of anybody: its lines are read as they stand.
    if (!isUnknown(settings)) {
      return settings.flatMap(({ name, value }) =>
        [name, value].flatMap(openCalls).map((call) => ({ name: name.replaceAll(LOGIN, "://"), call })),
      );
    }
  }
  const lines = file.text.split("\n").filter((line) => !COMMENT.test(line));
  // Programs put addresses of databases together, with their options; what they fetch is plain.
  const isOf = (line: string, { to }: OpenCall): boolean =>
    form === "unit" ? OF_UNIT.test(line) : /^(?:https?|wss?|ftp):/.test(to);
  return lines.flatMap((line) =>
    openCalls(line)
      .filter((call) => isOf(line, call))
      .map((call) => ({ name: form === "unit" ? (line.split("=")[0] ?? "").trim() : "text", call })),
  );
}
