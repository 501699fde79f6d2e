import { backupPlace } from "../../../services/names.ts";
import type { LocalMysql } from "../../../services/schema/databases.ts";
import { besideHosts } from "../controller.ts";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { started } from "./backups.ts";
import { type Check, demandNone } from "./check.ts";
import { brokerEndToEnd } from "./end-to-end.ts";
import { inDatabase } from "./mariadb.ts";
import { demandDone, inTime, refused } from "./operations.ts";

/** Address of the latest dump, signed for an hour, and its digest. Arguments: bucket, prefix, region. */
const LATEST = `
import boto3, sys
bucket, prefix, region = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=f"https://s3.{region}.amazonaws.com")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
found = [each for page in pages for each in page.get("Contents", []) if each["Key"].endswith(".sql.zst")]
key = max(found, key=lambda each: (each["LastModified"], each["Key"]))["Key"]
print(s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=3600))
print(s3.get_object(Bucket=bucket, Key=key + ".sha256")["Body"].read().decode().split()[0])
`;

const FOLDER = "/srv/data/restore";

/** What is wrong with which dumps stay: of this restore's two none, until they are a week old. */
async function kept(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const left = async () => {
    await onHost(lab, host, ["systemctl", "start", "platform-restores.service"]);
    return (await onHost(lab, host, ["ls", FOLDER])).split("\n").filter((name) => name !== "");
  };
  const fresh = await left();
  await onHost(lab, host, ["find", FOLDER, "-type", "f", "-exec", "touch", "--date=8 days ago", "{}", "+"]);
  const old = await left();
  return [
    ...(fresh.length === 2 ? [] : [`a restore: must leave its dump and the one of before, left ${shown(fresh)}`]),
    ...(old.length === 0 ? [] : [`dumps of a week ago: must be gone, left ${shown(old)}`]),
  ];
}

const shown = (names: readonly string[]) => names.join(", ") || "none";

/** MariaDB as of a dump. */
export const mariadbRestore: Check = {
  name: "restore",
  proves:
    "MariaDB goes back to a dump of the vault: a row deleted since is there, and messages go on; --check and another digest change nothing; a week later the dumps of the restore are gone (BRK-25.2)",
  services: ["message-broker"],
  long: true,
  run: async (lab) => {
    const { environment, service } = lab.plan.resolved;
    const store = service.stores.find((each): each is LocalMysql => each.kind === "local-mysql");
    if (store === undefined) throw new Error("message-broker: has no MariaDB");
    const host = hostOf(lab, store.on.name);
    const say = (statements: string) => inDatabase(lab, 'mariadb --protocol=socket --batch -N "$1"', statements);
    await say(
      "DROP TABLE IF EXISTS lab_restore; CREATE TABLE lab_restore (word TEXT); INSERT INTO lab_restore VALUES ('kept');",
    );
    const backup = service.backups.find(({ by }) => by === "mysqldump");
    if (backup === undefined) throw new Error("message-broker: has no dump of its MariaDB");
    demandNone([await started(lab, host, backup.name)].filter((line) => line !== undefined));
    await say("DELETE FROM lab_restore;");
    const { bucket, prefix } = backupPlace(environment, service, backup);
    const told = await demand(
      "nsenter",
      besideHosts(lab, ["python3", "-c", LATEST, bucket, prefix, environment.region]),
    );
    const [address = "", digest = ""] = told.split("\n");
    const file = `${FOLDER}/lab.sql.zst`;
    await onHost(lab, host, ["install", "--directory", "--mode=0700", FOLDER]);
    await onHost(lab, host, ["curl", "--fail", "--silent", "--show-error", "--output", file, address]);
    const asked = {
      platform_scope: "message_broker",
      restore_file: file,
      restore_sha256: digest,
      restore_confirm: store.database,
    };
    const other = { ...asked, restore_sha256: digest.replaceAll(/[^0]/g, "0") };
    demandNone(await refused(lab, "restore-mariadb", other, "must be there with the digest"));
    await demandDone(lab, "restore-mariadb", asked, "--check");
    const unmoved = (await say("SELECT word FROM lab_restore;")).trim();
    demandNone(unmoved === "" ? [] : [`without a restore: the row that was deleted is back, got ${unmoved}`]);
    await demandDone(lab, "restore-mariadb", asked);
    const found = (await say("SELECT word FROM lab_restore; DROP TABLE lab_restore;")).trim();
    demandNone([
      ...(found === "kept" ? [] : [`the row that was deleted: must be back, got ${found || "none"}`]),
      ...(await kept(lab, host)),
    ]);
    return inTime(() => brokerEndToEnd.run(lab));
  },
};
