import { describe, expect, it } from "vitest";
import { firstBoot } from "../../../constructs/compute/first-boot.ts";
import { Host, type HostProps } from "../../../constructs/compute/host.ts";
import { InstanceRole } from "../../../constructs/identity/instance-role.ts";
import { synth } from "../../support/synth.ts";

const key = "arn:aws:kms:eu-central-1:111111111111:key/disks";
const agentPackage = { bucket: "packages", key: "agent.deb", sha256: "0".repeat(64) };
const synthWith = (changed: Partial<HostProps> = {}) =>
  synth((scope) => {
    const role = new InstanceRole(scope, "role", {
      name: "shop-database",
      description: "Database of the shop",
      agent: {
        region: "eu-central-1",
        accountId: "111111111111",
        package: agentPackage,
        packageKeyArn: key,
        sessionKeyArn: key,
        sessionLogGroupArn: "arn:aws:logs:eu-central-1:111111111111:log-group:/sessions",
      },
    });
    new Host(scope, "database-a", {
      name: "database-a",
      nameTag: "shop-database-a",
      imageId: "ami-1",
      instanceType: "m7i.large",
      subnetId: "subnet-a",
      availabilityZone: "eu-central-1a",
      privateAddress: "10.0.0.10",
      securityGroupIds: ["sg-1"],
      role,
      kmsKeyArn: key,
      stateful: true,
      zone: { id: "Z1", name: "shop.internal" },
      alarmTopicArn: "arn:topic",
      dataVolumes: [{ id: "data", sizeGib: 100, deviceName: "/dev/sdf", tags: { backup: "daily" } }],
      ...changed,
    });
  });
const optOut = { enabled: false, reason: "torn down every night", until: "2027-03-31" } as const;

describe("host", () => {
  it("is private and hardened [TKT-5.4]", () => {
    const host = synthWith().one("aws_instance");

    expect(host.address).toBe("aws_instance.database-a_host");
    expect(host.args).toEqual({
      ami: "ami-1",
      instance_type: "m7i.large",
      availability_zone: "eu-central-1a",
      subnet_id: "subnet-a",
      private_ip: "10.0.0.10",
      associate_public_ip_address: false,
      source_dest_check: true,
      vpc_security_group_ids: ["sg-1"],
      iam_instance_profile: "${aws_iam_instance_profile.role_profile.name}",
      user_data: firstBoot(agentPackage),
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        http_protocol_ipv6: "disabled",
        instance_metadata_tags: "disabled",
      },
      root_block_device: {
        volume_type: "gp3",
        volume_size: 16,
        encrypted: true,
        kms_key_id: key,
        delete_on_termination: true,
        tags: { Name: "shop-database-a-root" },
      },
      ebs_optimized: true,
      monitoring: true,
      disable_api_termination: true,
      disable_api_stop: false,
      force_destroy: false,
      instance_initiated_shutdown_behavior: "stop",
      maintenance_options: { auto_recovery: "default" },
      tags: { Name: "shop-database-a" },
      lifecycle: { ignore_changes: ["ami", "user_data"] },
    });
  });

  it("may be replaced by Terraform, though by nobody else, when it is stateless", () => {
    const { force_destroy, disable_api_termination } = synthWith({ stateful: false }).one("aws_instance").args;

    expect({ force_destroy, disable_api_termination }).toEqual({ force_destroy: true, disable_api_termination: true });
  });

  it.each([true, false])(
    "outlives a new image and a new first boot, which would take every zone's host at once (stateful: %s)",
    (stateful) => {
      const { lifecycle, user_data_replace_on_change } = synthWith({ stateful }).one("aws_instance").args;

      expect({ lifecycle, user_data_replace_on_change }).toEqual({
        lifecycle: { ignore_changes: ["ami", "user_data"] },
        user_data_replace_on_change: undefined,
      });
    },
  );

  it("keeps its data on an encrypted volume that a plan cannot delete", () => {
    const stack = synthWith();

    const volume = stack.one("aws_ebs_volume");
    expect(volume.address).toBe("aws_ebs_volume.database-a_data_volume");
    expect(volume.args).toEqual({
      availability_zone: "eu-central-1a",
      size: 100,
      type: "gp3",
      iops: 3000,
      throughput: 125,
      encrypted: true,
      kms_key_id: key,
      final_snapshot: true,
      tags: { backup: "daily", Name: "shop-database-a-data" },
      lifecycle: { prevent_destroy: true },
    });
    expect(stack.one("aws_volume_attachment").args).toEqual({
      device_name: "/dev/sdf",
      volume_id: "${aws_ebs_volume.database-a_data_volume.id}",
      instance_id: "${aws_instance.database-a_host.id}",
      stop_instance_before_detaching: true,
    });
  });

  it("can be torn down where somebody said why and until when", () => {
    const stack = synthWith({
      terminationProtection: optOut,
      dataVolumes: [{ id: "data", sizeGib: 10, deviceName: "/dev/sdf", deletionProtection: optOut }],
    });

    expect(stack.one("aws_instance").args.disable_api_termination).toBe(false);
    expect(stack.one("aws_ebs_volume").args.lifecycle).toEqual({ prevent_destroy: false });
  });

  it("is found by name in the private zone", () => {
    expect(synthWith().one("aws_route53_record").args).toEqual({
      zone_id: "Z1",
      name: "database-a.shop.internal",
      type: "A",
      ttl: 60,
      records: ["10.0.0.10"],
    });
  });

  it("alarms when it fails a status check or falls silent, and when a data volume hangs", () => {
    const alarms = synthWith().all("aws_cloudwatch_metric_alarm");

    expect(alarms.map(({ address, args }) => [address, args.alarm_name, args.metric_name, args.dimensions])).toEqual([
      [
        "aws_cloudwatch_metric_alarm.database-a_data-stalled_alarm",
        "database-a.shop.internal-data-stalled",
        "VolumeStalledIOCheck",
        { VolumeId: "${aws_ebs_volume.database-a_data_volume.id}" },
      ],
      [
        "aws_cloudwatch_metric_alarm.database-a_status_alarm",
        "database-a.shop.internal-status",
        "StatusCheckFailed",
        { InstanceId: "${aws_instance.database-a_host.id}" },
      ],
    ]);
    expect(alarms.map(({ args }) => [args.treat_missing_data, args.alarm_actions])).toEqual([
      ["notBreaching", ["arn:topic"]],
      ["breaching", ["arn:topic"]],
    ]);
  });

  it("is spread over racks and tagged when asked, and keeps its name", () => {
    const host = synthWith({ placementGroupName: "spread", tags: { Name: "other", role: "database" } });

    expect(host.one("aws_instance").args.placement_group).toBe("spread");
    expect(host.one("aws_instance").args.tags).toEqual({ role: "database", Name: "shop-database-a" });
  });

  const disk = { id: "data", sizeGib: 1, deviceName: "/dev/sdf" } as const;
  it.each<[string, Partial<HostProps>, string]>([
    [
      "a name that is no DNS label",
      { name: "Database_A" },
      'test/database-a: name must be a lower-case DNS label, got "Database_A"',
    ],
    [
      "an address that is none",
      { privateAddress: "10.0.0.256" },
      'test/database-a: privateAddress must be an IPv4 address, got "10.0.0.256"',
    ],
    [
      "no security group",
      { securityGroupIds: [] },
      "test/database-a: securityGroupIds must not be empty: AWS would take the default group",
    ],
    [
      "two volumes on one device",
      { dataVolumes: [disk, { ...disk, id: "log" }] },
      "test/database-a: dataVolumes must differ in deviceName, got /dev/sdf, /dev/sdf",
    ],
    [
      "protection off without a reason",
      { terminationProtection: { ...optOut, reason: "no" } },
      'test/database-a/terminationProtection: reason must be a sentence, got "no"',
    ],
    [
      "volume protection off without a day",
      { dataVolumes: [{ ...disk, deletionProtection: { ...optOut, until: "soon" } }] },
      'test/database-a/data/deletionProtection: until must be a day as YYYY-MM-DD, got "soon"',
    ],
  ])("fails when given %s", (_, changed, message) => {
    expect(() => synthWith(changed)).toThrow(new Error(message));
  });
});
