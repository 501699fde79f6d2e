import { objection, rule } from "../../engine/rule.ts";
import { hostFiles, type JudgedFile } from "../../model/hosts/files.ts";
import { Unknown } from "../../model/value.ts";

/** Groups that many programs are in. */
const SHARED = new Set(["users", "nogroup", "nobody", "www-data", "adm", "daemon", "staff"]);

/** Secrets are read by one account, and what root runs is written by root alone. */
export const fileIsGuarded = rule({
  id: "HOST-017",
  slug: "file-is-guarded",
  severity: "high",
  title: "Every file has a mode: secrets are read by their owner, and what root obeys is changed by root alone",
  why: "Any program on the host could otherwise read every key, or become root by changing a unit.",
  fix: 'Mode "0600" (or "0640" with a group of its own) for secrets, owner root and no write for others elsewhere.',
  appliesTo: hostFiles,
  requirements: [],
  check: (judged) => {
    const { mode, secret, ofRoot } = judged;
    // Whatever it holds: a file that others may write says what they want it to.
    if (mode === undefined) return [objection("mode", new Unknown("not in files.json"), "a mode that is given")];
    return [...writers(judged, mode), ...(secret ? readers(judged, mode) : []), ...(ofRoot ? owners(judged) : [])];
  },
});

function writers({ file }: JudgedFile, mode: number) {
  // Write for group or others; set-user-ID and set-group-ID. Three octal digits or four.
  if (Number.isNaN(mode) || (mode & 0o6022) !== 0) {
    return [objection("mode", file.mode, "no write for group or others, no set-user-ID")];
  }
  return [];
}

function readers({ file }: JudgedFile, mode: number) {
  const group = file.group ?? "";
  return [
    ...((mode & 0o137) === 0 ? [] : [objection("mode", file.mode, "0600, or 0640 with a group of its own")]),
    ...((mode & 0o040) !== 0 && SHARED.has(group)
      ? [objection("group", group, "a group of the program that reads it")]
      : []),
  ];
}

const owners = ({ file }: JudgedFile) =>
  file.owner === "root" ? [] : [objection("owner", file.owner ?? new Unknown("not in files.json"), "root")];
