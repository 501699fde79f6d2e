import { flagged, type Spot, type Spots, whole } from "./spot.ts";

const device = (what: string, at: string): Spot => ({
  what,
  at,
  key: ["kms_key_id"],
  on: { name: "encrypted", default: false },
  account: true,
});
const machine: readonly Spot[] = [
  device("the root volume", "root_block_device"),
  device("a volume", "ebs_block_device[]"),
];
const template: Spot = {
  ...device("a volume", "block_device_mappings[].ebs[]"),
};

/** Disks, their images and copies, and file systems. */
export const volumes: Spots = {
  aws_instance: machine,
  aws_launch_configuration: machine,
  aws_launch_template: [template],
  aws_ebs_volume: [
    { what: "the volume", key: ["kms_key_id"], on: { name: "encrypted", default: false }, account: true },
  ],
  aws_ebs_snapshot_copy: flagged("the copy", "encrypted", "kms_key_id"),
  aws_ebs_snapshot_import: flagged("the snapshot", "encrypted", "kms_key_id"),
  aws_ami_copy: flagged("the copy", "encrypted", "kms_key_id"),
  aws_ebs_default_kms_key: whole("new volumes", "key_arn"),
  aws_efs_file_system: flagged("files", "encrypted", "kms_key_id"),
  aws_fsx_windows_file_system: whole("files", "kms_key_id"),
  aws_fsx_ontap_file_system: whole("files", "kms_key_id"),
  aws_fsx_openzfs_file_system: whole("files", "kms_key_id"),
  aws_fsx_lustre_file_system: whole("files", "kms_key_id"),
  aws_fsx_file_cache: whole("files", "kms_key_id"),
  aws_s3files_file_system: whole("files", "kms_key_id"),
  aws_storagegateway_cached_iscsi_volume: flagged("the volume", "kms_encrypted", "kms_key"),
  aws_storagegateway_nfs_file_share: flagged("files", "kms_encrypted", "kms_key_arn"),
  aws_storagegateway_smb_file_share: flagged("files", "kms_encrypted", "kms_key_arn"),
  aws_storagegateway_stored_iscsi_volume: flagged("the volume", "kms_encrypted", "kms_key"),
  aws_imagebuilder_component: whole("the component", "kms_key_id"),
  aws_imagebuilder_image_recipe: [
    {
      what: "a volume",
      at: "block_device_mapping[].ebs[]",
      key: ["kms_key_id"],
      on: { name: "encrypted", default: false },
    },
  ],
  aws_imagebuilder_distribution_configuration: [
    { what: "the image", at: "distribution[].ami_distribution_configuration[]", key: ["kms_key_id"] },
  ],
  aws_workspaces_workspace: [
    {
      what: "the root volume",
      key: ["volume_encryption_key"],
      on: { name: "root_volume_encryption_enabled", default: false },
    },
    {
      what: "the user's volume",
      key: ["volume_encryption_key"],
      on: { name: "user_volume_encryption_enabled", default: false },
    },
  ],
  aws_dlm_lifecycle_policy: [
    {
      what: "copies in another region",
      at: "policy_details.schedule[].cross_region_copy_rule[]",
      key: ["cmk_arn"],
      on: { name: "encrypted", default: false },
    },
    {
      what: "copies in another region",
      at: "policy_details.action[].cross_region_copy[].encryption_configuration",
      key: ["cmk_arn"],
      on: { name: "encrypted", default: false },
    },
  ],
};
