import type { Alarm } from "./alarm.ts";

/** Alarms on hosts and what they keep. */

/** A host whose instance, system or attached volumes fail EC2's checks for 2 of 3 minutes; a stopped host counts. */
export function hostStatus(name: string, instanceId: string): Alarm {
  return {
    name,
    summary: "The host fails its status check or has stopped",
    metric: {
      namespace: "AWS/EC2",
      name: "StatusCheckFailed",
      dimensions: { InstanceId: instanceId },
      statistic: "Maximum",
    },
    comparison: "at-least",
    threshold: { value: 1, unit: "count" },
    periodSeconds: 60,
    periods: 3,
    datapoints: 2,
    missing: "breaching",
  };
}

/** A volume that completes no operation though some wait: the database on it hangs without an error. */
export function stalledVolume(name: string, volumeId: string): Alarm {
  return {
    name,
    summary: "The volume completes no input or output; fail over to another host",
    metric: {
      namespace: "AWS/EBS",
      name: "VolumeStalledIOCheck",
      dimensions: { VolumeId: volumeId },
      statistic: "Maximum",
    },
    comparison: "at-least",
    threshold: { value: 1, unit: "count" },
    periodSeconds: 60,
    periods: 3,
    datapoints: 2,
    // Only an attached volume reports; a host that is gone is the business of `hostStatus`.
    missing: "notBreaching",
  };
}

/**
 * A file system near the operations per second it can serve. With elastic throughput there are no burst credits to
 * run out of, so this share is the one limit left. EFS reports it in General Purpose performance mode, which elastic
 * throughput requires.
 */
export function fileSystemLimit(name: string, fileSystemId: string, percent: number): Alarm {
  return {
    name,
    summary: "The shared file system is near its limit of operations; clients will wait",
    metric: {
      namespace: "AWS/EFS",
      name: "PercentIOLimit",
      dimensions: { FileSystemId: fileSystemId },
      statistic: "Maximum",
    },
    comparison: "above",
    threshold: { value: percent, unit: "percent" },
    periodSeconds: 300,
    periods: 3,
    datapoints: 3,
    missing: "notBreaching",
  };
}
