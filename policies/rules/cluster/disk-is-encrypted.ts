import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Disk, disks } from "../../model/cluster/disks.ts";
import { isUnknown } from "../../model/value.ts";

/** Drivers of EBS: of Auto Mode, of the add-on, and the one that was in Kubernetes itself. */
const EBS = /^(?:ebs\.csi\.(?:eks\.)?(?:amazonaws|aws)\.com|kubernetes\.io\/aws-ebs|awsElasticBlockStore)$/;
/** Drivers that encrypt where the file system is made, in Terraform. */
const ELSEWHERE = /^(?:efs|fsx|s3)\.csi\.aws\.com$/;

/** Data of pods lie on disks under a key of the account, and never on a node. */
export const diskIsEncrypted = rule({
  id: "K8S-032",
  slug: "disk-is-encrypted",
  severity: "high",
  title: "Volumes that outlive containers are disks encrypted with a key of the account, or file systems of Terraform",
  why: "A volume on a folder of a node is a way onto the node that no rule about pods sees; a disk under AWS' key is readable for whoever may copy it.",
  fix: 'Make a StorageClass of ebs.csi.eks.amazonaws.com with encrypted "true" and kmsKeyId, and name it in each claim; no hostPath, local or nfs volumes.',
  appliesTo: disks,
  requirements: ["CIS 5.2.12"],
  check: (disk) => {
    const { path, of } = disk;
    if (isUnknown(of)) return [objection(path, of, "a class or a volume that is shown")];
    // Of a claim: the class is judged by itself.
    if (disk.kind === "claim") return [];
    if (ELSEWHERE.test(of)) return carriedOf(disk);
    if (!EBS.test(of)) return [objection(path, of, "a driver of EBS, EFS or FSx")];
    return disk.kind === "StorageClass" ? keysOf(disk) : [];
  },
});

/** Amazon EFS CSI driver, volume attributes (read 2026-11-22): TLS is on unless it is turned off. */
const carriedOf = ({ kind, settings }: Disk): readonly Objection[] =>
  String(settings.raw["encryptintransit"]) === "false"
    ? [
        objection(
          `${kind === "StorageClass" ? "parameters" : "spec.csi.volumeAttributes"}.encryptInTransit`,
          "false",
          "true",
        ),
      ]
    : [];

function keysOf({ settings }: Disk): readonly Objection[] {
  const [encrypted, key] = [settings.raw["encrypted"], settings.raw["kmskeyid"]];
  const isOwn = key !== undefined && key !== null && !/(?:^|:)alias\/aws\//.test(String(key));
  return [
    ...(String(encrypted) === "true" ? [] : [objection("parameters.encrypted", encrypted, "true")]),
    ...(isOwn ? [] : [objection("parameters.kmsKeyId", key ?? "a key of AWS", "a key of the account")]),
  ];
}
