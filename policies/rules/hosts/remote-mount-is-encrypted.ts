import { objection, rule } from "../../engine/rule.ts";
import { remoteMounts } from "../../model/hosts/mounts.ts";

const PLAIN = ["nosuid", "nodev", "noexec"];
/** By its id, or by what the host puts there; an address is anybody's. */
const FILE_SYSTEM = /^(?:fs-[\da-f]+|%%parameter:[^%]+%%)(?:[.:/]|$)/;

/** Files of others come over TLS, from the file system that is meant, and are files alone. */
export const remoteMountIsEncrypted = rule({
  id: "HOST-047",
  slug: "remote-mount-is-encrypted",
  severity: "high",
  title: "File systems of other machines are mounted over TLS, by the host's own role, without programs or devices",
  why: "What people upload is read on the way, or is served by a stranger; a file with set-user-ID from there is root here.",
  fix: "Type=efs, What=fs-...:/, Options=tls,iam,accesspoint=...,nosuid,nodev,noexec.",
  appliesTo: remoteMounts,
  requirements: [],
  check: ({ type, what, options }) => {
    const wanted = type === "efs" ? ["tls", "iam", ...PLAIN] : PLAIN;
    const lost = wanted.filter((each) => !options.includes(each));
    const encrypted = type === "efs" || options.some((each) => /^xprtsec=m?tls$|^seal$/.test(each));
    return [
      ...(encrypted ? [] : [objection("Type", type, "efs, with TLS")]),
      ...(lost.length === 0 ? [] : [objection("Options", `without ${lost.join(", ")}`, wanted.join(", "))]),
      ...(type !== "efs" || FILE_SYSTEM.test(what) ? [] : [objection("What", what, "the id of the file system")]),
    ];
  },
});
