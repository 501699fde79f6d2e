import { type Estate, kind } from "../estate.ts";
import { listOf, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { isForeign } from "./accounts.ts";

/** Something that can be opened to others by a switch. */
export interface Share {
  readonly at: Place;
  readonly attribute: string;
  /** Strangers that it is open to. */
  readonly whom: (estate: Estate) => readonly Value<string>[];
}

/** By type: where the accounts stand that something is shared with. */
const SHARED_WITH: Readonly<Record<string, readonly string[]>> = {
  aws_ami_launch_permission: ["group", "account_id", "organization_arn"],
  aws_db_cluster_snapshot: ["shared_accounts"],
  aws_db_snapshot: ["shared_accounts"],
  aws_db_snapshot_copy: ["shared_accounts"],
  aws_rds_cluster_snapshot_copy: ["shared_accounts"],
  aws_snapshot_create_volume_permission: ["account_id"],
};

export const shares = kind<Share>("share", ({ terraform }) => [
  ...Object.entries(SHARED_WITH).flatMap(([type, attributes]) =>
    terraform.ofType(type).flatMap((resource) =>
      attributes.map((attribute) => ({
        ...{ at: placeOfResource(resource), attribute },
        whom: (estate: Estate) => resource.block.texts(attribute).filter((each) => isStranger(each, estate)),
      })),
    ),
  ),
  ...terraform.ofType("aws_ssm_document").map((resource) => ({
    ...{ at: placeOfResource(resource), attribute: "permissions.account_ids" },
    whom: (estate: Estate) => documentReaders(resource).filter((each) => isStranger(each, estate)),
  })),
  ...terraform.ofType("aws_cognito_identity_pool").map((resource) => ({
    ...{ at: placeOfResource(resource), attribute: "allow_unauthenticated_identities" },
    whom: () => {
      const open = resource.block.flag("allow_unauthenticated_identities") ?? false;
      if (isUnknown(open)) return [open];
      return open ? ["anyone, without signing in"] : [];
    },
  })),
]);

const isStranger = (who: Value<string>, estate: Estate): boolean =>
  isUnknown(who)
    ? who.resource === undefined && !who.expression.includes("caller_identity")
    : !/^\d{12}$/.test(who) || isForeign(estate, who);

/** A document's permissions are a map in the provider, `{ type = "Share", account_ids = "All" }`. */
function documentReaders({ block }: Resource): readonly Value<string>[] {
  const given = block.value("permissions");
  if (given === undefined) return [];
  if (isUnknown(given)) return [given];
  return listOf(given as never)
    .flatMap((each) => String(objectOf(each)["account_ids"] ?? "").split(","))
    .filter((each) => each !== "");
}
