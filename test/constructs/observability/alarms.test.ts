import { describe, expect, test } from "vitest";
import type { Alarm } from "../../../constructs/observability/alarm.ts";
import { loadBalancerErrors, serverErrors, unhealthyTargets } from "../../../constructs/observability/edge-alarms.ts";
import { fileSystemLimit, hostStatus, stalledVolume } from "../../../constructs/observability/host-alarms.ts";
import { MetricAlarm } from "../../../constructs/observability/metric-alarm.ts";
import { natDrops, natPorts } from "../../../constructs/observability/platform-alarms.ts";
import { synth } from "../../support/synth.ts";

const topic = { arn: "arn:aws:sns:eu-central-1:111111111111:example-alarms" };
const target = { loadBalancerSuffix: "app/web/1", targetGroupSuffix: "targetgroup/web/2" };
const dimensions = { LoadBalancer: "app/web/1", TargetGroup: "targetgroup/web/2" };
const alarmOf = (alarm: Alarm) =>
  synth((scope) => {
    new MetricAlarm(scope, "example", { alarm, topic });
  }).one("aws_cloudwatch_metric_alarm").args;

describe("an alarm", () => {
  test("on a NAT gateway fires without free ports, and at the share of lost packets AWS names", () => {
    const { metric, ...ports } = natPorts("ports", "nat-1");
    expect(metric).toEqual({
      namespace: "AWS/NATGateway",
      name: "ErrorPortAllocation",
      dimensions: { NatGatewayId: "nat-1" },
      statistic: "Sum",
    });
    expect(ports).toMatchObject({ comparison: "above", threshold: { value: 0, unit: "count" }, periodSeconds: 60 });
    const { metric_query, threshold, comparison_operator } = alarmOf(natDrops("drops", "nat-1"));
    expect([threshold, comparison_operator]).toEqual([0.01, "GreaterThanThreshold"]);
    expect(metric_query[0].expression).toBe("IF(whole >= 10000, 100 * FILL(part, 0) / whole, 0)");
    expect(
      metric_query.slice(1).map(({ metric: { metric_name } }: { metric: { metric_name: string } }) => metric_name),
    ).toEqual(["PacketsDropCount", "PacketsInFromSource"]);
  });

  test("on server errors compares their share of enough requests over 10 minutes [NOD-4.8]", () => {
    const query = (id: string, metric_name: string) => ({
      id,
      metric: { dimensions, metric_name, namespace: "AWS/ApplicationELB", period: 300, stat: "Sum" },
      return_data: false,
    });
    expect(alarmOf(serverErrors("errors", target, 1))).toEqual({
      alarm_actions: [topic.arn],
      alarm_description:
        "The service answers too many requests with a server error: above 1 % in 2 of 2 periods of 300 s.",
      alarm_name: "errors",
      comparison_operator: "GreaterThanThreshold",
      datapoints_to_alarm: 2,
      evaluation_periods: 2,
      metric_query: [
        {
          expression: "IF(whole >= 50, 100 * FILL(part, 0) / whole, 0)",
          id: "share",
          label: "share in percent",
          return_data: true,
        },
        query("part", "HTTPCode_Target_5XX_Count"),
        query("whole", "RequestCount"),
      ],
      ok_actions: [topic.arn],
      threshold: 1,
      treat_missing_data: "notBreaching",
    });
  });

  test("on too few healthy targets counts silence as none", () => {
    expect(alarmOf(unhealthyTargets("targets", "network", target, 2))).toEqual({
      alarm_actions: [topic.arn],
      alarm_description: "Fewer targets are healthy than there should be: below 2 in 3 of 5 periods of 60 s.",
      alarm_name: "targets",
      comparison_operator: "LessThanThreshold",
      datapoints_to_alarm: 3,
      dimensions,
      evaluation_periods: 5,
      metric_name: "HealthyHostCount",
      namespace: "AWS/NetworkELB",
      ok_actions: [topic.arn],
      period: 60,
      statistic: "Minimum",
      threshold: 2,
      treat_missing_data: "breaching",
    });
  });

  test("on a host counts a stopped one, and on a volume leaves a detached one to the host", () => {
    expect(alarmOf(hostStatus("host", "i-1"))).toMatchObject({
      comparison_operator: "GreaterThanOrEqualToThreshold",
      dimensions: { InstanceId: "i-1" },
      metric_name: "StatusCheckFailed",
      namespace: "AWS/EC2",
      statistic: "Maximum",
      threshold: 1,
      treat_missing_data: "breaching",
    });
    expect(alarmOf(stalledVolume("volume", "vol-1"))).toMatchObject({
      comparison_operator: "GreaterThanOrEqualToThreshold",
      dimensions: { VolumeId: "vol-1" },
      metric_name: "VolumeStalledIOCheck",
      namespace: "AWS/EBS",
      statistic: "Maximum",
      threshold: 1,
      treat_missing_data: "notBreaching",
    });
  });

  test("on a load balancer's own errors and on a file system's limit takes the threshold given", () => {
    expect(alarmOf(loadBalancerErrors("own", "app/web/1", 10))).toMatchObject({
      comparison_operator: "GreaterThanThreshold",
      dimensions: { LoadBalancer: "app/web/1" },
      metric_name: "HTTPCode_ELB_5XX_Count",
      statistic: "Sum",
      threshold: 10,
    });
    expect(alarmOf(fileSystemLimit("files", "fs-1", 80))).toMatchObject({
      comparison_operator: "GreaterThanThreshold",
      dimensions: { FileSystemId: "fs-1" },
      metric_name: "PercentIOLimit",
      namespace: "AWS/EFS",
      statistic: "Maximum",
      threshold: 80,
    });
  });

  test("fails when it waits for more datapoints than it looks at", () => {
    const never: Alarm = { ...hostStatus("host", "i-1"), datapoints: 4 };
    expect(() => alarmOf(never)).toThrow("test/example: datapoints must be 1 to 3, got 4");
  });
});
