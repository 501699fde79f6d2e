import type { Estate } from "./estate.ts";
import { isObject, listOf } from "./json.ts";
import type { Block } from "./terraform/block.ts";
import { isUnknown, shown, Unknown, type Value } from "./value.ts";

/** What is wrong with whom a behaviour of a distribution asks for a signature. */
export interface Fault {
  readonly attribute: string;
  readonly got: unknown;
}

/** CloudFront takes an address that any key of any group signed; nothing where that is our own keys alone. */
export function faultOf(behavior: Block, estate: Estate): Fault | undefined {
  const signers = behavior.texts("trusted_signers");
  if (signers.length > 0) return { attribute: "trusted_signers", got: shown(signers) };
  const attribute = "trusted_key_groups";
  const groups = groupsOf(behavior);
  if (groups === "off" || groups.length === 0) return { attribute, got: undefined };
  for (const group of groups) {
    const found = estate.terraform.find(group, "aws_cloudfront_key_group");
    const keys = found?.block.texts("items") ?? [];
    if (found === undefined || keys.length === 0) return { attribute, got: group };
    const [strange] = keys.flatMap((key) => strangeKey(key, estate));
    if (strange !== undefined) return { attribute, got: isUnknown(strange) ? strange : `${found.address}: ${strange}` };
  }
  return undefined;
}

/** Key groups that a behaviour trusts: a list, or of a distribution of many tenants a block that may be off. */
export function groupsOf(behavior: Block): readonly Value<string>[] | "off" {
  const isBlock = listOf(behavior.raw["trusted_key_groups"]).some(isObject);
  const [items] = isBlock ? behavior.blocks("trusted_key_groups") : [];
  if (items === undefined) return behavior.has("trusted_key_groups") ? behavior.texts("trusted_key_groups") : "off";
  const isOn = items.flag("enabled");
  if (isOn === false) return "off";
  return isOn === true ? items.texts("items") : [isUnknown(isOn) ? isOn : new Unknown("whether it is on")];
}

/** A key that outputs do not show, or, where keys are declared, one that is none of them. */
function strangeKey(key: Value<string>, { terraform, declaration }: Estate): readonly Value<string>[] {
  const found = terraform.find(key, "aws_cloudfront_public_key");
  if (found === undefined) return [key];
  if (declaration?.signingKeys === undefined) return [];
  const encoded = found.block.text("encoded_key");
  if (isUnknown(encoded)) return [encoded];
  const declared = declaration.signingKeys.map(bare);
  return declared.includes(bare(encoded ?? "")) ? [] : [`${found.address}, which is not declared`];
}

/** A key, whatever its lines end in. */
const bare = (pem: string): string => pem.replaceAll(/\s/g, "");
