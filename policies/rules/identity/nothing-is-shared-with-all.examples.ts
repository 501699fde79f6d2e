import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { addResource } from "./examples/additions.ts";

export const examples: Examples = {
  good: [
    {
      title: "an image of an account of ours",
      resources: { aws_ami_launch_permission: { a: { image_id: "ami-1", account_id: "111111111111" } } },
      declaration: {},
    },
    { title: "a document that nobody else reads", resources: { aws_ssm_document: { a: { name: "a" } } } },
    {
      title: "an identity pool of those who signed in",
      resources: { aws_cognito_identity_pool: { a: { allow_unauthenticated_identities: false } } },
    },
  ],
  bad: [
    {
      title: "an image for all",
      resources: { aws_ami_launch_permission: { a: { image_id: "ami-1", group: "all" } } },
      finds: ["aws_ami_launch_permission.a group"],
    },
    {
      title: "a snapshot of a database for all",
      resources: { aws_db_snapshot: { a: { shared_accounts: ["all"] } } },
      finds: ["aws_db_snapshot.a shared_accounts"],
    },
    {
      title: "a snapshot of a disk for a stranger",
      resources: { aws_snapshot_create_volume_permission: { a: { account_id: "222222222222" } } },
      declaration: {},
      finds: ["aws_snapshot_create_volume_permission.a account_id"],
    },
    {
      title: "a document for all",
      resources: { aws_ssm_document: { a: { name: "a", permissions: { type: "Share", account_ids: "All" } } } },
      finds: ["aws_ssm_document.a permissions.account_ids"],
    },
    {
      title: "an identity pool for anyone",
      resources: { aws_cognito_identity_pool: { a: { allow_unauthenticated_identities: true } } },
      finds: ["aws_cognito_identity_pool.a allow_unauthenticated_identities"],
    },
  ],
  unknown: [
    {
      title: "a variable names whom",
      resources: { aws_db_snapshot: { a: { shared_accounts: "${var.accounts}" } } },
      finds: ["aws_db_snapshot.a shared_accounts"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_ssm_document", "share a document with all", (each) => ({
    ...each,
    permissions: { type: "Share", account_ids: "All" },
  })),
  addResource("share an image with all", "aws_ami_launch_permission", {
    image_id: "ami-0d13a0000000000e1",
    group: "all",
  }),
  addResource("share a snapshot with a stranger", "aws_snapshot_create_volume_permission", {
    snapshot_id: "snap-1",
    account_id: "999999999999",
  }),
];
