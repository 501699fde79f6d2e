import { authorityArn } from "../cloud/facts.ts";
import { besideHosts } from "../controller.ts";
import { readRecap } from "../converge.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { releasesOf } from "../releases.ts";
import { type Check, demandNone } from "./check.ts";
import { demandDone } from "./operations.ts";
import type { Values } from "./under-load.ts";

/**
 * What a run may change on a host, a line each: settings, programs, links of releases, packages, rules, what runs since when.
 * Byte code is written by whoever first runs a program.
 */
const STATE = `set -euo pipefail
find /etc /usr/local -xdev -type f -exec sha256sum {} + | awk '{ print "file", $2, $1 }'
find /opt -xdev -type f ! -name '*.pyc' -printf 'file %p %s %T@\\n'
find /etc /usr/local /opt -xdev -type l -printf 'link %p %l\\n'
dpkg-query --show --showformat 'package \${Package} \${Version}\\n'
nft --stateless list ruleset | awk '{ print "rule", $0 }'
systemctl list-unit-files --type=service --state=enabled --plain --no-legend | while read -r unit rest; do
  echo "unit $unit $(systemctl show --property=InvocationID --value "$unit")"
done
echo "boot $(cat /proc/sys/kernel/random/boot_id)"`;

/** The same of AWS: versions of secrets, targets of load balancers, the revocation lists' entries. */
const CLOUD = `
import boto3
secrets = boto3.client("secretsmanager")
for page in secrets.get_paginator("list_secrets").paginate():
    for each in page["SecretList"]:
        print("secret", each["Name"], *sorted(each.get("SecretVersionsToStages", {})))
balancers = boto3.client("elbv2")
for group in balancers.describe_target_groups()["TargetGroups"]:
    for each in balancers.describe_target_health(TargetGroupArn=group["TargetGroupArn"])["TargetHealthDescriptions"]:
        print("target", group["TargetGroupName"], each["Target"]["Id"], each["TargetHealth"]["State"])
`;

/** Every playbook that may be run on a service as it is, with what it is told. Restores are tried by their own check. */
function runs(lab: Lab): readonly (readonly [name: string, values: Values])[] {
  const { service } = lab.plan.resolved;
  const { first, next } = releasesOf(lab.state);
  const scope = { platform_scope: service.name };
  const all: readonly (readonly [string, Values])[] = [
    [service.name, {}],
    ["patch", { ...scope, patch_restart: "always" }],
    ["rotate-secrets", { rotate_service: service.name, rotate_secret: "redis-app" }],
    ["release", { release_service: service.name, release_version: next.version, release_sha256: next.sha256 }],
    ["rollback", { release_service: service.name, release_version: first.version }],
  ];
  const led = service.stores.some(({ kind }) => kind === "patroni" || kind === "redis-sentinel");
  const authority = authorityArn(lab.plan.estate.environment, "broker");
  const revoked = { revoke_serial: "0a", revoke_reason: "SUPERSEDED", revoke_authority: authority };
  return [
    ...all,
    ...(led ? ["a", "b"].map((zone) => ["switchover", { ...scope, switchover_zone: zone }] as const) : []),
    ...(service.name === "message-broker" ? [["revoke-certificate", revoked] as const] : []),
  ];
}

/** All that a run may change, by place. */
async function stateOf(lab: Lab): Promise<ReadonlyMap<string, string>> {
  const own = lab.plan.hosts.map(async (host: LabHost): Promise<readonly [string, string]> => {
    return [host.tag, await onHost(lab, host, ["bash", "-c", STATE])];
  });
  return new Map([
    ...(await Promise.all(own)),
    ["AWS", await demand("nsenter", besideHosts(lab, ["python3", "-c", CLOUD]))],
  ]);
}

/** Lines that a place lost or got. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...before].flatMap(([place, text]) => {
    const [old, now] = [new Set(text.split("\n")), new Set(after.get(place)?.split("\n"))];
    return [
      ...[...old].filter((line) => !now.has(line)).map((line) => `${place}: lost ${line}`),
      ...[...now].filter((line) => !old.has(line)).map((line) => `${place}: got ${line}`),
    ];
  });
}

/** Playbooks that only say what they would do. */
export const checkMode: Check = {
  name: "check-mode",
  proves: "each playbook runs with --check on all hosts to its end, and changes nothing on them and nothing in AWS",
  services: ["ticketing", "message-broker"],
  long: true,
  run: async (lab) => {
    const told: string[] = [];
    for (const [name, values] of runs(lab)) {
      const before = await stateOf(lab);
      const { changed } = readRecap(await demandDone(lab, name, values, "--check"));
      demandNone(differences(before, await stateOf(lab)).map((each) => `${name} --check: ${each}`));
      told.push(`${name} (${changed.length})`);
    }
    return `tasks that would change something: ${told.join(", ")}`;
  },
};
