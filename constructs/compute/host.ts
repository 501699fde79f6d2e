import { isIPv4 } from "node:net";
import { Instance } from "@cdktf/provider-aws/lib/instance/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { AddressRecord } from "../edge/dns-record.ts";
import type { InstanceRole } from "../identity/instance-role.ts";
import { hostStatus, stalledVolume } from "../observability/host-alarms.ts";
import { MetricAlarm } from "../observability/metric-alarm.ts";
import { AttachedVolume, type DataVolume } from "./data-volume.ts";
import { firstBoot } from "./first-boot.ts";

export interface HostProps {
  /** First label of the DNS name. */
  readonly name: string;
  /** Name tag: by it the inventory finds the instance, so it is unique in the account. */
  readonly nameTag: string;
  /** Image id, never a name to look up: a plan must not depend on the day. */
  readonly imageId: string;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  /** Fixed IPv4 address of the subnet. */
  readonly privateAddress: string;
  readonly securityGroupIds: readonly string[];
  readonly role: InstanceRole;
  readonly kmsKeyArn: string;
  /** True: Terraform cannot replace the host before its termination protection is lifted. False: `-replace` can. */
  readonly stateful: boolean;
  /** Private zone of the host's record. */
  readonly zone: { readonly id: string; readonly name: string };
  /** Told when the host fails a status check or stops reporting. */
  readonly alarmTopicArn: string;
  /** Default 16. */
  readonly rootSizeGib?: number;
  readonly dataVolumes?: readonly DataVolume[];
  /** Spread placement group, for components with more than one host in a zone. */
  readonly placementGroupName?: string;
  /** Default on. */
  readonly terminationProtection?: OptOut | undefined;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * One named EC2 host with a fixed private address, its DNS record, its data volumes and a status alarm.
 *
 * Refuses no security group, an address that is no IPv4, two volumes on one device. Has no public address, no key pair.
 * Defaults to IMDSv2 with one hop, encrypted gp3 disks, detailed monitoring, termination protection.
 *
 * Choices:
 * - The address and security groups stand on the instance, not on a network interface of its own: one resource says
 *   all that is reachable. The subnet's host range is to be reserved, so that nothing takes the address meanwhile.
 * - A new image or first boot replaces no host: its address is fixed, so the old host goes before the new one is there,
 *   and one apply would take all hosts of a component at once. Hosts are replaced by `-replace=<address>`, one an apply,
 *   the next when the load balancer or the cluster has the last one back.
 * - That is enough for a stateless host (`force_destroy`); nobody but Terraform can terminate it. A stateful one first
 *   has its protection lifted; its data volumes stay.
 * - Stopping is allowed: resizing, volume detaching and recovery by hand need it.
 * - Hardware failure: EC2's own automatic recovery keeps id, address and volumes. An alarm that recovers would do the
 *   same a second time, so the alarm here only tells.
 */
export class Host extends Construct {
  readonly instanceId: string;
  readonly privateAddress: string;
  /** Name in the private zone. */
  readonly fqdn: string;

  constructor(scope: Construct, id: string, props: HostProps) {
    super(scope, id);
    const { name, dataVolumes = [] } = props;
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
      throw new Error(`${this.node.path}: name must be a lower-case DNS label, got "${name}"`);
    }
    if (!isIPv4(props.privateAddress)) {
      throw new Error(`${this.node.path}: privateAddress must be an IPv4 address, got "${props.privateAddress}"`);
    }
    if (props.securityGroupIds.length === 0) {
      throw new Error(`${this.node.path}: securityGroupIds must not be empty: AWS would take the default group`);
    }
    const devices = dataVolumes.map((volume) => volume.deviceName);
    if (new Set(devices).size !== devices.length) {
      throw new Error(`${this.node.path}: dataVolumes must differ in deviceName, got ${devices.join(", ")}`);
    }
    const instance = new Instance(this, "host", {
      ami: props.imageId,
      instanceType: props.instanceType,
      availabilityZone: props.availabilityZone,
      subnetId: props.subnetId,
      privateIp: props.privateAddress,
      associatePublicIpAddress: false,
      sourceDestCheck: true,
      vpcSecurityGroupIds: [...props.securityGroupIds],
      iamInstanceProfile: props.role.profileName,
      userData: firstBoot(props.role.agentPackage),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // One hop: a container behind a bridge cannot take the host's role.
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: "disabled",
        // Nothing on the host reads its tags, and with this on a tag key may not hold a slash.
        instanceMetadataTags: "disabled",
      },
      rootBlockDevice: {
        volumeType: "gp3",
        volumeSize: props.rootSizeGib ?? 16,
        encrypted: true,
        kmsKeyId: props.kmsKeyArn,
        deleteOnTermination: true,
        tags: { Name: `${props.nameTag}-root` },
      },
      ebsOptimized: true,
      monitoring: true,
      disableApiTermination: isProtected(`${this.node.path}/terminationProtection`, props.terminationProtection),
      disableApiStop: false,
      forceDestroy: !props.stateful,
      instanceInitiatedShutdownBehavior: "stop",
      maintenanceOptions: { autoRecovery: "default" },
      ...(props.placementGroupName === undefined ? {} : { placementGroup: props.placementGroupName }),
      tags: { ...props.tags, Name: props.nameTag },
      lifecycle: { ignoreChanges: ["ami", "user_data"] },
    });
    this.fqdn = `${name}.${props.zone.name}`;
    // The full name, for two components in one account may have a host "a" each.
    const topic = { arn: props.alarmTopicArn };
    new MetricAlarm(this, "status", { alarm: hostStatus(`${this.fqdn}-status`, instance.id), topic });
    for (const { id: volumeId, ...volume } of dataVolumes) {
      const attached = new AttachedVolume(this, volumeId, {
        ...volume,
        name: `${props.nameTag}-${volumeId}`,
        instanceId: instance.id,
        availabilityZone: props.availabilityZone,
        kmsKeyArn: props.kmsKeyArn,
      });
      const alarm = stalledVolume(`${this.fqdn}-${volumeId}-stalled`, attached.volumeId);
      new MetricAlarm(this, `${volumeId}-stalled`, { alarm, topic });
    }
    new AddressRecord(this, "name", {
      zoneId: props.zone.id,
      name: this.fqdn,
      addresses: [props.privateAddress],
    });
    this.instanceId = instance.id;
    this.privateAddress = props.privateAddress;
  }
}
