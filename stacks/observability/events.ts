import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic.ts";
import { EventLog } from "../../constructs/observability/event-log.ts";
import { EventNotice } from "../../constructs/observability/event-notice.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import { failedReplication, reputation } from "../../constructs/observability/platform-alarms.ts";
import { PLATFORM, resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { inDays } from "../../services/schema/units.ts";
import type { PlatformStack } from "../platform-stack.ts";
import type { ServiceBase } from "../service/context.ts";
import { deletable } from "../stack.ts";
import { SECRET_EVENTS, troubles } from "./troubles.ts";

/** Where to look, which every event says. */
const where = {
  what: "$.detail-type",
  when: "$.time",
  account: "$.account",
  region: "$.region",
  which: "$.resources[0]",
};
/** Whom to tell, and in which region it happens. */
interface Told {
  readonly environment: Environment;
  readonly topic: AlarmTopic;
  readonly provider?: AwsProvider;
}

function tell(stack: PlatformStack, trouble: keyof typeof troubles, id: string, to: Told): void {
  const { summary, pattern } = troubles[trouble];
  new EventNotice(stack, id, {
    name: resourceName(to.environment, PLATFORM, id),
    description: summary,
    pattern,
    values: where,
    text: `${summary}: <what> at <when> in account <account>, <region>. First resource: <which>`,
    topicArn: to.topic.arn,
    ...(to.provider === undefined ? {} : { provider: to.provider }),
  });
}

/** Certificates of content networks stand in us-east-1, and trouble of services without a region is told there. */
export function watchGlobalEvents(stack: PlatformStack, to: Required<Told>): void {
  tell(stack, "certificate-ends", "global-certificate-ends", to);
  tell(stack, "aws-in-trouble", "global-aws-in-trouble", to);
}

/** What AWS itself reports: events as sentences to the topic, the life of secrets to a log of its own. */
export function watchEvents({ stack, resolved, audit, vault }: ServiceBase, topic: AlarmTopic): void {
  const { environment } = resolved;
  for (const id of Object.keys(troubles) as (keyof typeof troubles)[]) {
    tell(stack, id, id, { environment, topic });
  }
  // Who renewed which secret when, findable without a search of the whole trail (MUN-2.17, NOD-2.8).
  new EventLog(stack, "secret-events", {
    name: resourceName(environment, PLATFORM, "secret-events"),
    description: "What happens to secrets, but for being read",
    logGroupName: `/aws/events/${environment.name}/secrets`,
    pattern: { source: ["aws.secretsmanager"], detail: { eventName: SECRET_EVENTS } },
    kmsKeyArn: audit.logsKeyArn,
    accountId: environment.account,
    region: environment.region,
    retentionDays: inDays(environment.logs.archive),
    ...deletable(environment),
  });
  for (const [rule, destination] of Object.entries(vault.replicas)) {
    const [source = "", id = ""] = rule.split("/");
    const name = `${source.replace(`-${environment.account}`, "")}-${id}-copy`;
    new MetricAlarm(stack, `${name.slice(environment.short.length + 1)}-alarm`, {
      alarm: failedReplication(name, { source, destination, id }),
      topic,
    });
  }
  const alarms = {
    bounces: reputation(resourceName(environment, PLATFORM, "mail-bounces"), "BounceRate", 0.05),
    complaints: reputation(resourceName(environment, PLATFORM, "mail-complaints"), "ComplaintRate", 0.001),
  };
  for (const [id, alarm] of Object.entries(alarms)) {
    new MetricAlarm(stack, `${id}-alarm`, { alarm, topic });
  }
}
