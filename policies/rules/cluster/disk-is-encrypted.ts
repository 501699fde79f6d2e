import { objection, rule } from "../../engine/rule.ts";
import { type Disk, disks } from "../../model/cluster/disks.ts";

/** Drivers of EBS: of Auto Mode, of the add-on, and the one that was in Kubernetes itself. */
const EBS = /^(?:ebs\.csi\.(?:eks\.)?(?:amazonaws|aws)\.com|kubernetes\.io\/aws-ebs|awsElasticBlockStore)$/;
/** Drivers that encrypt where the file system is made, in Terraform. */
const ELSEWHERE = /^(?:efs|fsx|s3)\.csi\.aws\.com$/;

/** Data of pods lie on disks under a key of the account, and never on a node. */
export const diskIsEncrypted = rule({
  id: "K8S-032",
  slug: "disk-is-encrypted",
  severity: "high",
  title: "Volumes that outlive pods are disks encrypted with a key of the account, or file systems of Terraform",
  why: "A volume on a folder of a node is a way onto the node that no rule about pods sees; a disk under AWS' key is readable for whoever may copy it.",
  fix: 'Make a StorageClass of ebs.csi.eks.amazonaws.com with encrypted "true" and kmsKeyId; no hostPath, local or nfs volumes.',
  appliesTo: disks,
  requirements: ["CIS 5.2.12"],
  check: (disk) => {
    const attribute = disk.kind === "StorageClass" ? "provisioner" : "spec";
    if (ELSEWHERE.test(disk.of)) return [];
    if (!EBS.test(disk.of)) return [objection(attribute, disk.of, "a driver of EBS, EFS or FSx")];
    return disk.kind === "StorageClass" ? keysOf(disk) : [];
  },
});

const keysOf = ({ settings }: Disk) => [
  ...(String(settings.raw["encrypted"]) === "true"
    ? []
    : [objection("parameters.encrypted", settings.raw["encrypted"], "true")]),
  ...(settings.has("kmsKeyId") ? [] : [objection("parameters.kmsKeyId", "a key of AWS", "a key of the account")]),
];
