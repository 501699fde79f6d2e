/** A CloudWatch metric of one resource. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** Share of one metric in another, in percent; 0 while the whole is below `atLeast`, so that one request is no storm. */
export interface Ratio {
  readonly part: Metric;
  readonly whole: Metric;
  readonly atLeast: number;
}

/** One alarm as plain data; `MetricAlarm` makes it. */
export interface Alarm {
  /** Unique in the account and region. */
  readonly name: string;
  /** What is wrong, for the person who is woken. */
  readonly summary: string;
  readonly metric: Metric | Ratio;
  readonly comparison: "above" | "at-least" | "below";
  readonly threshold: { readonly value: number; readonly unit: "count" | "percent" };
  readonly periodSeconds: number;
  /** Periods looked at; the alarm fires when `datapoints` of them are over the threshold. */
  readonly periods: number;
  readonly datapoints: number;
  /** What silence of the metric means. */
  readonly missing: "breaching" | "notBreaching";
}

/** Values of the two dimensions by which load balancer metrics are found: the `arn_suffix` of each. */
export interface TargetGroupRef {
  readonly loadBalancerSuffix: string;
  readonly targetGroupSuffix: string;
}

/** Share of 5xx answers of an application load balancer's targets above `percent` for 10 minutes (NOD-4.8). */
export function serverErrors(name: string, target: TargetGroupRef, percent: number): Alarm {
  const metric = (metricName: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    name: metricName,
    dimensions: { LoadBalancer: target.loadBalancerSuffix, TargetGroup: target.targetGroupSuffix },
    statistic: "Sum",
  });
  return {
    name,
    summary: "The service answers too many requests with a server error",
    metric: { part: metric("HTTPCode_Target_5XX_Count"), whole: metric("RequestCount"), atLeast: 50 },
    comparison: "above",
    threshold: { value: percent, unit: "percent" },
    periodSeconds: 300,
    periods: 2,
    datapoints: 2,
    // No requests, or no errors, leave no data: a service nobody reaches is the business of `unhealthyTargets`.
    missing: "notBreaching",
  };
}

/** Answers 5xx that the load balancer itself gives, for want of a healthy target or in a time-out. */
export function loadBalancerErrors(name: string, loadBalancerSuffix: string, count: number): Alarm {
  return {
    name,
    summary: "The load balancer itself answers with an error: no target is healthy, or targets time out",
    metric: {
      namespace: "AWS/ApplicationELB",
      name: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancerSuffix },
      statistic: "Sum",
    },
    comparison: "above",
    threshold: { value: count, unit: "count" },
    periodSeconds: 60,
    periods: 5,
    datapoints: 3,
    missing: "notBreaching",
  };
}

/**
 * Fewer healthy targets than `needed` for 3 of 5 minutes; silence counts as none. Each node of a load balancer counts the
 * targets it may use: all of them with cross-zone balancing, without it those of its zone, and the least counts.
 */
export function unhealthyTargets(
  name: string,
  kind: "application" | "network",
  target: TargetGroupRef,
  needed: number,
): Alarm {
  return {
    name,
    summary: "Too few targets are healthy to bear the loss of one more",
    metric: {
      namespace: kind === "application" ? "AWS/ApplicationELB" : "AWS/NetworkELB",
      name: "HealthyHostCount",
      dimensions: { LoadBalancer: target.loadBalancerSuffix, TargetGroup: target.targetGroupSuffix },
      statistic: "Minimum",
    },
    comparison: "below",
    threshold: { value: needed, unit: "count" },
    periodSeconds: 60,
    periods: 5,
    datapoints: 3,
    missing: "breaching",
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

/** A NAT gateway that finds no free port: a new connection to a busy destination fails. */
export function natPorts(name: string, natGatewayId: string): Alarm {
  return {
    name,
    summary: "The NAT gateway has no free ports towards a destination; new connections fail",
    metric: natMetric(natGatewayId, "ErrorPortAllocation"),
    comparison: "above",
    threshold: { value: 0, unit: "count" },
    periodSeconds: 60,
    periods: 5,
    datapoints: 3,
    missing: "notBreaching",
  };
}

/** A NAT gateway that loses more than the share of packets from which on AWS itself suspects the gateway. */
export function natDrops(name: string, natGatewayId: string): Alarm {
  return {
    name,
    summary: "The NAT gateway loses packets; see the health of AWS in its zone",
    metric: {
      part: natMetric(natGatewayId, "PacketsDropCount"),
      whole: natMetric(natGatewayId, "PacketsInFromSource"),
      atLeast: 10_000,
    },
    comparison: "above",
    threshold: { value: 0.01, unit: "percent" },
    periodSeconds: 300,
    periods: 3,
    datapoints: 3,
    missing: "notBreaching",
  };
}

const natMetric = (natGatewayId: string, name: string): Metric => ({
  namespace: "AWS/NATGateway",
  name,
  dimensions: { NatGatewayId: natGatewayId },
  statistic: "Sum",
});

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
 * A network load balancer out of source ports towards a target: it hides the clients' addresses behind its own, which
 * leaves some 55,000 connections to each target and port.
 */
export function portExhaustion(name: string, loadBalancerSuffix: string): Alarm {
  return {
    name,
    summary: "The load balancer has no source port left for new connections; clients are refused",
    metric: {
      namespace: "AWS/NetworkELB",
      name: "PortAllocationErrorCount",
      dimensions: { LoadBalancer: loadBalancerSuffix },
      statistic: "Sum",
    },
    comparison: "above",
    threshold: { value: 0, unit: "count" },
    periodSeconds: 60,
    periods: 5,
    datapoints: 1,
    missing: "notBreaching",
  };
}

/** Objects that S3 could not copy to the second region: a copy that is not there is missed only when it is needed. */
export function failedReplication(
  name: string,
  rule: { readonly source: string; readonly destination: string; readonly id: string },
): Alarm {
  return {
    name,
    summary: "Objects could not be copied to the second region",
    metric: {
      namespace: "AWS/S3",
      name: "OperationsFailedReplication",
      dimensions: { SourceBucket: rule.source, DestinationBucket: rule.destination, RuleId: rule.id },
      statistic: "Sum",
    },
    comparison: "above",
    threshold: { value: 0, unit: "count" },
    periodSeconds: 300,
    periods: 1,
    datapoints: 1,
    missing: "notBreaching",
  };
}

/** Share of 5xx answers of a distribution, its own among them, where no request reached the load balancer behind it. */
export function distributionErrors(name: string, distributionId: string, percent: number): Alarm {
  return {
    name,
    summary: "The content network answers too many requests with a server error, or cannot reach its origin",
    metric: {
      namespace: "AWS/CloudFront",
      name: "5xxErrorRate",
      dimensions: { DistributionId: distributionId, Region: "Global" },
      statistic: "Average",
    },
    comparison: "above",
    threshold: { value: percent, unit: "percent" },
    periodSeconds: 300,
    periods: 2,
    datapoints: 2,
    missing: "notBreaching",
  };
}

/** Share of mail that bounced or was complained about; SES stops an account at 10 % and 0.5 %. `rate` is from 0 to 1. */
export function reputation(name: string, kind: "BounceRate" | "ComplaintRate", rate: number): Alarm {
  return {
    name,
    summary: `Mail is refused or complained about (${kind}); SES stops the account when it goes on`,
    metric: { namespace: "AWS/SES", name: `Reputation.${kind}`, dimensions: {}, statistic: "Average" },
    comparison: "above",
    threshold: { value: rate, unit: "count" },
    periodSeconds: 3600,
    periods: 1,
    datapoints: 1,
    missing: "notBreaching",
  };
}
