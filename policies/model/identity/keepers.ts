import type { Estate } from "../estate.ts";
import { policyDocument } from "../policy-documents.ts";
import type { Block } from "../terraform/block.ts";
import { isUnknown } from "../value.ts";
import { allowsAction, isAllow } from "./reach.ts";

const TYPES = ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"];

/**
 * By state, who may change its keys' policies. Some of them are of the state's own account: KMS makes no key whose policy its
 * maker could not change (AWS KMS API reference, "CreateKey", read 2026-11-23).
 */
export const keepersOfKeys = ({ terraform }: Estate): readonly (readonly string[])[] =>
  [...Map.groupBy(terraform.ofType(...TYPES), ({ document }) => document).values()].map((keys) =>
    keys.flatMap(({ block }) => keepersOf(block)),
  );

/** Whom a key's policy lets change it; nobody where KMS was told not to look. */
function keepersOf(block: Block): readonly string[] {
  const isUnchecked = (block.flag("bypass_policy_lockout_safety_check") ?? false) !== false;
  const document = policyDocument(block, "policy");
  if (isUnchecked || document === undefined || isUnknown(document)) return [];
  return document.statements
    .filter((each) => isAllow(each) && allowsAction(each.actions, "kms:PutKeyPolicy"))
    .flatMap(({ principals }) => principals?.all ?? [])
    .flatMap(({ who }) => (isUnknown(who) ? [] : [who]));
}
