import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Fields } from "../../model/cluster/fields.ts";
import { nodeClasses } from "../../model/cluster/nodes.ts";
import type { Estate } from "../../model/estate.ts";
import type { Value } from "../../model/value.ts";

/** A node has its service's subnets and firewall, no address outside, and disks under a key of ours. */
export const nodeIsPrivateAndEncrypted = rule({
  id: "K8S-029",
  slug: "node-is-private-and-encrypted",
  severity: "high",
  title:
    "Nodes have no public address, disks under a key of the account, and a role, subnets and security groups that are named",
  why: "A node in whatever subnet has a tag may be one on the internet; images, logs and scratch volumes of all its pods lie on its disk.",
  fix: "Set associatePublicIPAddress false, a kmsKeyID for each disk, and selector terms by id, or by the tag Name without patterns; tokens required for metadata, one hop.",
  appliesTo: nodeClasses,
  requirements: [],
  check: ({ isPublic, diskKeys, subnets, groups, tokens, hops, role }, estate) => [
    ...roleOf(role, estate),
    ...demand<boolean | string>(
      "spec.associatePublicIPAddress",
      isPublic ?? "nothing: as its subnet says",
      "false",
      (each) => each === false,
    ),
    ...diskKeys.flatMap((key) =>
      demand(
        "spec.ephemeralStorage.kmsKeyID",
        key ?? "a key of AWS",
        "a key of the account",
        (each) => each !== "a key of AWS" && !/alias\/aws\//.test(each),
      ),
    ),
    ...termsOf("spec.subnetSelectorTerms", subnets),
    ...termsOf("spec.securityGroupSelectorTerms", groups),
    ...demand("spec.metadataOptions.httpTokens", tokens, "required", (each) => each === "required"),
    ...demand("spec.metadataOptions.httpPutResponseHopLimit", hops, "1: pods are two away", (each) => each === 1),
  ],
});

/** A role of Terraform's, where there is any: another one may do what nobody has judged. */
function roleOf(role: Value<string> | undefined, { terraform }: Estate): readonly Objection[] {
  const known = terraform.ofType("aws_iam_role").flatMap(({ block }) => block.text("name") ?? []);
  if (role === undefined || known.length === 0) return [];
  return demand("spec.role", role, "a role of Terraform", (each) => known.includes(each));
}

/** Each term names one thing: an id, a name, or tags with whole values. */
const termsOf = (attribute: string, terms: readonly Fields[]): readonly Objection[] => {
  if (terms.length === 0) return [objection(attribute, undefined, "ids, or tags with a value")];
  return terms
    .filter((each) => !isNamed(each))
    .map((each) => objection(attribute, each.raw, "ids, or tags with a value"));
};

const isNamed = (term: Fields): boolean => {
  if (term.has("id") || term.has("name")) return true;
  const values = [...term.map("tags").values()];
  return values.length > 0 && values.every((each) => each !== "" && !/[*?]/.test(each));
};
