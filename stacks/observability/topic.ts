import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { AlarmTopic, type Subscriber } from "../../constructs/observability/alarm-topic.ts";
import { administrativeRole, PLATFORM, resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";

const subscribers = ({ alarmMail, pagerMail }: Environment): Readonly<Record<string, Subscriber>> => ({
  mail: { protocol: "email", endpoint: alarmMail },
  pager: { protocol: "email", endpoint: pagerMail },
});

/** Where alarms and events go: to the team's mailbox and to the pager, which takes mail too (MUN-3.11). */
export function makeTopic(stack: PlatformStack, environment: Environment): AlarmTopic {
  const key = new EncryptionKey(stack, "alarms-key", {
    aliasName: resourceName(environment, PLATFORM, "alarms"),
    description: "Alarms on their way to people",
    accountId: environment.account,
    region: environment.region,
    userArns: [administrativeRole(environment, "operator")],
    usedThrough: ["sns"],
    services: ["cloudwatch-alarms", "event-rules", "rds-events", "ses"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  return new AlarmTopic(stack, "alarms", {
    name: resourceName(environment, PLATFORM, "alarms"),
    accountId: environment.account,
    region: environment.region,
    kmsKeyArn: key.arn,
    publishers: ["alarms", "rules", "databases", "mail"],
    subscribers: subscribers(environment),
  });
}

/** The same for what AWS measures in us-east-1 alone, such as content networks: an alarm tells topics of its own region. */
export function makeGlobalTopic(stack: PlatformStack, environment: Environment, provider: AwsProvider): AlarmTopic {
  const common = { accountId: environment.account, region: "us-east-1", provider };
  const key = new EncryptionKey(stack, "global-alarms-key", {
    ...common,
    aliasName: resourceName(environment, PLATFORM, "global", "alarms"),
    description: "Alarms of global services on their way to people",
    userArns: [administrativeRole(environment, "operator")],
    usedThrough: ["sns"],
    services: ["cloudwatch-alarms", "event-rules"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  return new AlarmTopic(stack, "global-alarms", {
    ...common,
    name: resourceName(environment, PLATFORM, "global", "alarms"),
    kmsKeyArn: key.arn,
    publishers: ["alarms", "rules"],
    subscribers: subscribers(environment),
  });
}
