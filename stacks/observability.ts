import type { App } from "cdktf";
import { MailDomain } from "../constructs/mail/mail-domain.ts";
import { MetricAlarm } from "../constructs/observability/metric-alarm.ts";
import { natDrops, natPorts } from "../constructs/observability/platform-alarms.ts";
import { mailSettingsName, PLATFORM, resourceName } from "../services/names.ts";
import { observability } from "../services/observability.ts";
import type { Estate } from "../services/resolve.ts";
import { watchEvents, watchGlobalEvents } from "./observability/events.ts";
import { makeGlobalTopic, makeTopic } from "./observability/topic.ts";
import { exported } from "./outputs.ts";
import { newServiceStack, type PlatformInputs } from "./service/context.ts";
import { makeService } from "./service/service-stack.ts";
import { deletable, globalProvider } from "./stack.ts";

/**
 * The platform's own service, made like any other: Prometheus, Alertmanager, Loki, Tempo and Grafana on hosts in two
 * zones. Besides, what every service builds on: where alarms go, what AWS itself reports, who may send mail.
 */
export function observabilityStack(app: App, { environment, services }: Estate, inputs: PlatformInputs) {
  const resolved = services.find(({ service }) => service.name === observability.name);
  if (resolved === undefined) {
    throw new Error(`the catalogue must hold ${observability.name}, which watches all others and tells of alarms`);
  }
  const base = newServiceStack(app, resolved, inputs);
  const { stack, network } = base;
  const topic = makeTopic(stack, environment);
  const { name, owner, data } = observability;
  const provider = globalProvider(stack, { environment, name, owner, data });
  const globalTopic = makeGlobalTopic(stack, environment, provider);
  const { groups } = makeService({
    ...base,
    alarmTopicArn: topic.arn,
    globalAlarmTopicArn: globalTopic.arn,
    earlierGroups: {},
    later: services.filter((each) => each !== resolved),
  });
  watchEvents(base, topic);
  watchGlobalEvents(stack, { environment, topic: globalTopic, provider });
  // What the firewall drops is its work, not an alarm; its own health shows in the gateways behind it.
  for (const [zone, id] of Object.entries(network.natGatewayIds)) {
    const alarms = { ports: natPorts, drops: natDrops };
    for (const [what, alarm] of Object.entries(alarms)) {
      const name = `nat-${zone}-${what}`;
      new MetricAlarm(stack, name, { alarm: alarm(resourceName(environment, PLATFORM, name), id), topic });
    }
  }
  new MailDomain(stack, "mail", {
    domain: environment.domain.public,
    zoneId: network.publicZoneId,
    region: environment.region,
    name: mailSettingsName(environment),
    topicArn: topic.arn,
    keysZone: environment.mailKeysZone,
    reportsTo: environment.alarmMail,
    ...deletable(environment),
  });
  return exported(stack, environment, observability.name, {
    alarmTopicArn: topic.arn,
    globalAlarmTopicArn: globalTopic.arn,
    securityGroupIds: Object.fromEntries(
      observability.components.flatMap(({ name }) => {
        const party = `${observability.name}/${name}`;
        const group = groups.get(party);
        return group === undefined ? [] : [[party, group.id]];
      }),
    ),
  });
}
