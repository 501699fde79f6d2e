import type { Alarm, Metric } from "./alarm.ts";

/** Alarms on ways in: load balancers and content networks. */

/** Values of the two dimensions by which load balancer metrics are found: the `arn_suffix` of each. */
interface TargetGroupRef {
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
    summary: "Fewer targets are healthy than there should be",
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
