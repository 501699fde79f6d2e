import { criticalControls, openToOutsiders, threats } from "../../constructs/audit/findings.ts";
import type { LogGroup } from "../../constructs/audit/log-group.ts";
import { OutsideAccess } from "../../constructs/audit/outside-access.ts";
import { SecurityStandards } from "../../constructs/audit/security-standards.ts";
import { ThreatDetector } from "../../constructs/audit/threat-detector.ts";
import {
  bucketOpened,
  callsRefused,
  keyWeakened,
  networkChanged,
  recordOpened,
  rightsChanged,
  roleTaken,
  rootUsed,
  secretRefused,
  signInFailed,
  signInWithoutFactor,
  trailChanged,
  watchersChanged,
} from "../../constructs/audit/trail-alarms.ts";
import { WatchedEvent } from "../../constructs/audit/watched-event.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { AlarmTopic } from "../../constructs/observability/alarm-topic.ts";
import { EventNotice } from "../../constructs/observability/event-notice.ts";
import { administrativeRole, administrativeRoleName, PLATFORM, resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";

/**
 * Who is told at once of what the record, the detector and the standards show. The topic is this stack's own: it stands
 * before the observability stack does, and an attack on that one does not silence it.
 */
export function makeWatch(stack: PlatformStack, environment: Environment, trailEvents: LogGroup): void {
  const { account, region } = environment;
  const name = (part: string) => resourceName(environment, PLATFORM, part);
  const key = new EncryptionKey(stack, "security-key", {
    aliasName: name("security"),
    description: "Security alarms on their way to people",
    accountId: account,
    region,
    userArns: [administrativeRole(environment, "operator")],
    usedThrough: ["sns"],
    services: ["cloudwatch-alarms", "event-rules"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  const topic = new AlarmTopic(stack, "security", {
    name: name("security"),
    accountId: account,
    region,
    kmsKeyArn: key.arn,
    publishers: ["alarms", "rules"],
    subscribers: { mail: { protocol: "email", endpoint: environment.alarmMail } },
  });
  const pipeline = administrativeRoleName(environment, "apply");
  const breakGlass = administrativeRole(environment, "break-glass");
  for (const event of [
    rootUsed,
    // BRK-24.5, NOD-5.4
    roleTaken("break-glass-taken", breakGlass, "Somebody took the break-glass role, or tried to"),
    keyWeakened,
    trailChanged,
    watchersChanged,
    signInWithoutFactor,
    signInFailed,
    callsRefused,
    secretRefused,
    rightsChanged(pipeline),
    networkChanged(pipeline),
    bucketOpened(pipeline),
    recordOpened(`${resourceName(environment, PLATFORM)}-`),
  ]) {
    new WatchedEvent(stack, event.name, { event: { ...event, name: name(event.name) }, logGroup: trailEvents, topic });
  }
  new ThreatDetector(stack, "guardduty", deletable(environment));
  new SecurityStandards(stack, "security-hub", { region, ...deletable(environment) });
  new OutsideAccess(stack, "outside-access", { name: name("outside-access") });
  for (const [id, findings] of Object.entries({ threats, outsiders: openToOutsiders, controls: criticalControls })) {
    new EventNotice(stack, id, { name: name(id), ...findings, topicArn: topic.arn });
  }
}
