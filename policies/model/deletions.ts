import { flag, type Read, type Trait, text } from "./databases/traits.ts";
import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";

/** What stands between a wrong command and the loss of what something holds. */
export interface Deletion {
  readonly at: Place;
  /** What its attribute says. */
  readonly guard: Trait<boolean | string>;
  /** What it must say. */
  readonly expected: string;
  /** Whether an environment that holds no data of people may do without. */
  readonly yields: boolean;
}

interface Guard {
  readonly read: Read<boolean | string>;
  readonly expected: string;
  /** It stands in every environment. */
  readonly always?: true;
  /** Too new, or too much, to be asked of plans that declare nothing. */
  readonly declared?: true;
}

const on = (name: string, given = false): Guard => ({ read: flag(name, given), expected: "true" });
const off = (name: string, given = false): Guard => ({ read: flag(name, given), expected: "false" });
const emptied: Guard = { ...off("force_destroy"), always: true };
const cluster = [on("deletion_protection"), off("skip_final_snapshot")];
const kept = off("delete_automated_backups", true);

/** Names and defaults are those of the provider's documentation, version 6.34. */
const GUARDS: Readonly<Record<string, readonly Guard[]>> = {
  aws_db_instance: [...cluster, kept],
  aws_rds_cluster: [...cluster, kept],
  aws_docdb_cluster: cluster,
  aws_neptune_cluster: cluster,
  aws_rds_global_cluster: [on("deletion_protection")],
  aws_docdb_global_cluster: [on("deletion_protection")],
  aws_neptune_global_cluster: [on("deletion_protection")],
  aws_redshift_cluster: [off("skip_final_snapshot")],
  aws_dynamodb_table: [on("deletion_protection_enabled")],
  aws_qldb_ledger: [on("deletion_protection", true)],
  aws_timestreaminfluxdb_db_instance: [],
  aws_eks_cluster: [{ ...on("deletion_protection"), declared: true }],
  aws_lb: [on("enable_deletion_protection")],
  aws_alb: [on("enable_deletion_protection")],
  aws_networkfirewall_firewall: [
    on("delete_protection"),
    { ...on("subnet_change_protection"), declared: true },
    { ...on("firewall_policy_change_protection"), declared: true },
  ],
  aws_cognito_user_pool: [{ read: text("deletion_protection", "INACTIVE"), expected: "ACTIVE" }],
  aws_cloudwatch_log_group: [{ ...on("deletion_protection_enabled"), declared: true }],
  aws_instance: [
    { ...on("disable_api_termination"), declared: true },
    { read: text("instance_initiated_shutdown_behavior", "stop"), expected: "stop", declared: true },
    // What is let by the spot is taken back with two minutes' notice.
    { read: text("instance_market_options.market_type", "none"), expected: "none", declared: true },
  ],
  aws_efs_file_system: [{ read: text("protection.replication_overwrite", "ENABLED"), expected: "ENABLED" }],
  aws_ebs_volume: [{ ...on("final_snapshot"), always: true }],
  aws_s3_bucket: [emptied],
  aws_ecr_repository: [{ ...off("force_delete"), always: true }],
  aws_backup_vault: [emptied],
  aws_fsx_windows_file_system: [off("skip_final_backup")],
  aws_fsx_openzfs_file_system: [off("skip_final_backup", true)],
};

/** Every guard of what holds data or is a way in. */
export const deletions = kind<Deletion>("deletion guard", ({ terraform, declaration }) =>
  terraform.ofType(...Object.keys(GUARDS)).flatMap((resource) =>
    (GUARDS[resource.type] ?? [])
      .filter(({ declared }) => declared === undefined || declaration !== undefined)
      .map(({ read, expected, always }) => ({
        at: placeOfResource(resource),
        guard: read(resource.block),
        expected,
        yields: always === undefined,
      })),
  ),
);
