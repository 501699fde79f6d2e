// Generated from policies/rules/data. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { accessPointIsOneFolder } from "../../rules/data/access-point-is-one-folder.ts";
import { bucketAccessIsRecorded } from "../../rules/data/bucket-access-is-recorded.ts";
import { bucketForgetsInTime } from "../../rules/data/bucket-forgets-in-time.ts";
import { bucketHasItsOwnKey } from "../../rules/data/bucket-has-its-own-key.ts";
import { bucketIsClosed } from "../../rules/data/bucket-is-closed.ts";
import { bucketIsVersioned } from "../../rules/data/bucket-is-versioned.ts";
import { dataHasItsOwnKey } from "../../rules/data/data-has-its-own-key.ts";
import { dataIsSentToOurOwn } from "../../rules/data/data-is-sent-to-our-own.ts";
import { dataRefusesDeletion } from "../../rules/data/data-refuses-deletion.ts";
import { databaseOutlivesFaults } from "../../rules/data/database-outlives-faults.ts";
import { declaredBackupIsLocked } from "../../rules/data/declared-backup-is-locked.ts";
import { declaredSnapshotIsKept } from "../../rules/data/declared-snapshot-is-kept.ts";
import { imageInUseStays } from "../../rules/data/image-in-use-stays.ts";
import { keyIsKeptAndRenewed } from "../../rules/data/key-is-kept-and-renewed.ts";
import { keyMaterialHasItsOwnKey } from "../../rules/data/key-material-has-its-own-key.ts";
import { lifecycleKeepsWhatIsPromised } from "../../rules/data/lifecycle-keeps-what-is-promised.ts";
import { lockHasTeeth } from "../../rules/data/lock-has-teeth.ts";
import { logIsKept } from "../../rules/data/log-is-kept.ts";
import { noSecretIsWrittenDown } from "../../rules/data/no-secret-is-written-down.ts";
import { offsiteBackupIsCopied } from "../../rules/data/offsite-backup-is-copied.ts";
import { secretIsRenewedAndKept } from "../../rules/data/secret-is-renewed-and-kept.ts";
import { serviceKeepsALog } from "../../rules/data/service-keeps-a-log.ts";
import { trailRecordsEverything } from "../../rules/data/trail-records-everything.ts";
import { vaultIsLocked } from "../../rules/data/vault-is-locked.ts";

/** Every rule of data, by name. */
export const rules: readonly AnyRule[] = [
  accessPointIsOneFolder,
  bucketAccessIsRecorded,
  bucketForgetsInTime,
  bucketHasItsOwnKey,
  bucketIsClosed,
  bucketIsVersioned,
  dataHasItsOwnKey,
  dataIsSentToOurOwn,
  dataRefusesDeletion,
  databaseOutlivesFaults,
  declaredBackupIsLocked,
  declaredSnapshotIsKept,
  imageInUseStays,
  keyIsKeptAndRenewed,
  keyMaterialHasItsOwnKey,
  lifecycleKeepsWhatIsPromised,
  lockHasTeeth,
  logIsKept,
  noSecretIsWrittenDown,
  offsiteBackupIsCopied,
  secretIsRenewedAndKept,
  serviceKeepsALog,
  trailRecordsEverything,
  vaultIsLocked,
];
