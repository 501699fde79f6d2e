import { demand, objection, rule } from "../../engine/rule.ts";
import { encryptions } from "../../model/encryption/encryptions.ts";
import { ownerOf, reaches } from "../../model/keys.ts";
import { regionOf } from "../../model/region.ts";

/** AWS's own keys have policies that nobody can narrow, and open to whoever may read in the account. */
export const dataHasItsOwnKey = rule({
  id: "DATA-002",
  slug: "data-has-its-own-key",
  severity: "high",
  title: "Whatever is stored is encrypted with a key of ours",
  why: "Clear data is read from a lost snapshot or disk; AWS's own keys cannot be narrowed, watched by key or taken away from a thief.",
  fix: "Turn encryption on and name a key of ours (aws_kms_key) in the resource's region.",
  appliesTo: encryptions,
  requirements: ["MUN-4.6", "TKT-3.4"],
  check: ({ resource, on, mode, key }) => {
    const off = demand(on.attribute, on.value, "encrypted", (encrypted) => encrypted);
    if (off.length > 0) return off;
    const other =
      mode === undefined
        ? []
        : demand(mode.attribute, mode.value, mode.kms.join(" or "), (name) => mode.kms.includes(name));
    if (other.length > 0 || key === undefined) return other;
    const owner = ownerOf(key.value, resource);
    if (owner.by === "aws") {
      const got = typeof key.value === "string" ? key.value : "AWS's own key";
      return [objection(key.attribute, got, "a key of ours")];
    }
    if (owner.by === "nobody knows") return [objection(key.attribute, key.value, "a key of ours")];
    return owner.key === undefined || reaches(owner.key, resource)
      ? []
      : [
          objection(
            key.attribute,
            `${owner.key.address} of ${regionOf(owner.key)}`,
            `a key of ${regionOf(resource)}, where this is`,
          ),
        ];
  },
});
