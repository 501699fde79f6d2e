import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume/index.js";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

/** A disk that outlives its host. */
export interface DataVolume {
  /** Stable: it is part of the address of what holds the data. */
  readonly id: string;
  readonly sizeGib: number;
  /** `/dev/sdf` to `/dev/sdp`; Debian's amazon-ec2-utils keeps the name as a link to the NVMe device. */
  readonly deviceName: `/dev/sd${"f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p"}`;
  /** Default 3000, what gp3 includes. */
  readonly iops?: number;
  /** MiB per second; default 125, what gp3 includes. */
  readonly throughput?: number;
  /** Among them those a backup plan selects by. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Default on: a plan that would delete the volume fails. */
  readonly deletionProtection?: OptOut | undefined;
}

export interface DataVolumeProps extends Omit<DataVolume, "id"> {
  readonly name: string;
  readonly instanceId: string;
  /** Stated, not read from the instance: a replaced instance would make it unknown and replace the volume. */
  readonly availabilityZone: string;
  readonly kmsKeyArn: string;
}

/**
 * An encrypted gp3 volume attached to one instance.
 *
 * Defaults to a protected volume, a last snapshot should it ever be deleted, and a stop of the instance before it is
 * detached, so that no file system is torn off while written to.
 */
export class AttachedVolume extends Construct {
  readonly volumeId: string;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const volume = new EbsVolume(this, "volume", {
      availabilityZone: props.availabilityZone,
      size: props.sizeGib,
      type: "gp3",
      iops: props.iops ?? 3000,
      throughput: props.throughput ?? 125,
      encrypted: true,
      kmsKeyId: props.kmsKeyArn,
      finalSnapshot: true,
      tags: { ...props.tags, Name: props.name },
      lifecycle: {
        preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection),
      },
    });
    new VolumeAttachment(this, "attachment", {
      deviceName: props.deviceName,
      volumeId: volume.id,
      instanceId: props.instanceId,
      stopInstanceBeforeDetaching: true,
    });
    this.volumeId = volume.id;
  }
}
