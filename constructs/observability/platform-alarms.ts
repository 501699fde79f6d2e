import type { Alarm, Metric } from "./alarm.ts";

/** Alarms on what all services share: ways out, copies in the second region, mail. */

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
