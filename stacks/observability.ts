import type { App } from "cdktf";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { SecurityGroup } from "../constructs/network/security-group.ts";
import { AlarmTopic } from "../constructs/observability/alarm-topic.ts";
import { natDrops, natPorts } from "../constructs/observability/alarms.ts";
import { MetricAlarm } from "../constructs/observability/metric-alarm.ts";
import { administrativeRole, PLATFORM, resourceName } from "../services/names.ts";
import { observability } from "../services/observability.ts";
import type { Environment } from "../services/schema/environment.ts";
import type { networkStack } from "./network.ts";
import { exported, imported } from "./outputs.ts";
import { deletable, guardians, newStack, type StackIdentity } from "./stack.ts";

/** Where alarms go, and the security groups that other stacks connect to. */
export function observabilityStack(
  app: App,
  environment: Environment,
  inputs: { readonly network: ReturnType<typeof networkStack> },
) {
  const identity: StackIdentity = {
    environment,
    name: observability.name,
    owner: observability.owner,
    data: observability.data,
  };
  const stack = newStack(app, identity);
  const { vpcId, natGatewayIds } = imported(stack, inputs.network);
  const key = new EncryptionKey(stack, "alarms-key", {
    aliasName: resourceName(environment, PLATFORM, "alarms"),
    description: "Alarms on their way to people",
    accountId: environment.account,
    region: environment.region,
    userArns: [administrativeRole(environment, "operator")],
    usedThrough: ["sns"],
    services: ["cloudwatch-alarms"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  const topic = new AlarmTopic(stack, "alarms", {
    name: resourceName(environment, PLATFORM, "alarms"),
    accountId: environment.account,
    region: environment.region,
    kmsKeyArn: key.arn,
    subscribers: { mail: { protocol: "email", endpoint: environment.alarmMail } },
  });
  // What the firewall drops is its work, not an alarm; its own health shows in the gateways behind it.
  for (const [zone, id] of Object.entries(natGatewayIds)) {
    const alarms = { ports: natPorts, drops: natDrops };
    for (const [what, alarm] of Object.entries(alarms)) {
      const name = `nat-${zone}-${what}`;
      new MetricAlarm(stack, name, { alarm: alarm(resourceName(environment, PLATFORM, name), id), topic });
    }
  }
  const groups = observability.components.map(({ name }): [string, string] => [
    `${observability.name}/${name}`,
    new SecurityGroup(stack, name, {
      vpcId,
      name,
      awsName: resourceName(environment, observability.code, name),
      description: `${observability.name}/${name}`,
    }).id,
  ]);
  return exported(stack, environment, observability.name, {
    alarmTopicArn: topic.arn,
    securityGroupIds: Object.fromEntries(groups),
  });
}
