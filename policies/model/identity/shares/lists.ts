import type { Estate } from "../../estate.ts";
import { placeOfResource } from "../../place.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, type Value } from "../../value.ts";
import type { Share } from "../shares.ts";
import { strangersAmong } from "./named.ts";

/** Canned lists of S3 that name nobody but the owner, and AWS where it writes logs ("Canned ACL", Amazon S3 user guide, read 2026-11-22). */
const OWN = ["private", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write"];

const OBJECTS = ["aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"];

/** Lists of who may read a bucket or an object, past every policy. A bucket's canned list is judged with the bucket. */
export const sharesByList = ({ terraform }: Estate): readonly Share[] => [
  ...terraform.ofType(...OBJECTS).map((resource) => canned(resource)),
  ...terraform
    .ofType("aws_s3_bucket_acl")
    .filter(({ block }) => terraform.find(block.text("bucket"), "aws_s3_bucket") === undefined)
    .map((resource) => canned(resource)),
  ...terraform.ofType("aws_s3_bucket", "aws_s3_object_copy").map((resource) => ({
    ...{ at: placeOfResource(resource), attribute: "grant" },
    whom: (estate: Estate) => resource.block.blocks("grant").flatMap((each) => grantees(each, [], estate)),
  })),
  // Who may read what S3 writes into the bucket of logs.
  ...terraform.ofType("aws_s3_bucket_logging").map((resource) => ({
    ...{ at: placeOfResource(resource), attribute: "target_grant" },
    whom: (estate: Estate) =>
      resource.block
        .blocks("target_grant")
        .flatMap((each) => each.blocks("grantee"))
        .flatMap((each) => grantees(each, [], estate)),
  })),
  ...terraform.ofType("aws_s3_bucket_acl").map((resource) => {
    const lists = resource.block.blocks("access_control_policy");
    const owners = lists.flatMap((each) => each.blocks("owner").flatMap((owner) => owner.texts("id")));
    const own = owners.filter((each) => !isUnknown(each));
    return {
      ...{ at: placeOfResource(resource), attribute: "access_control_policy.grant" },
      whom: (estate: Estate) =>
        lists
          .flatMap((each) => each.blocks("grant").flatMap((grant) => grant.blocks("grantee")))
          .flatMap((each) => grantees(each, own, estate)),
    };
  }),
];

const canned = (resource: Resource): Share => ({
  ...{ at: placeOfResource(resource), attribute: "acl" },
  whom: () => resource.block.texts("acl").filter((each) => isUnknown(each) || !OWN.includes(each)),
});

/** Whom one entry names: an account by its canonical id or by mail, or a group by its address. */
function grantees(block: Block, own: readonly Value<string>[], estate: Estate): readonly Value<string>[] {
  const accounts = block.texts("id").filter((each) => each !== "" && !own.includes(each));
  const byMail = [...block.texts("email_address"), ...block.texts("email")];
  const groups = block.texts("uri").filter((each) => isUnknown(each) || !each.endsWith("/groups/s3/LogDelivery"));
  return [...strangersAmong(accounts, estate), ...[...byMail, ...groups].filter((each) => each !== "")];
}
