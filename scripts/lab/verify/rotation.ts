import { readFileSync } from "node:fs";
import { besideHosts } from "../controller.ts";
import { type Lab, onHost } from "../hosts.ts";
import { demand } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { brokerEndToEnd, ticketingEndToEnd } from "./end-to-end.ts";
import { keepsOld, loginOf, openedBy, without } from "./logins.ts";
import { demandDone, inTime, refused } from "./operations.ts";
import { awaitWhole, clusterOf, primaryOf } from "./postgres.ts";
import { say } from "./restore-postgres.ts";

const PLAYBOOK = "rotate-secrets";

/** Secrets that are rotated, one of each kind of store and of user, and what must go on meanwhile. */
interface Rotated {
  readonly secrets: readonly string[];
  readonly goesOn: Check;
}

const ROTATED: Readonly<Record<string, Rotated>> = {
  ticketing: { secrets: ["db-app", "db-replication", "redis-app"], goesOn: ticketingEndToEnd },
  "message-broker": { secrets: ["db-app", "redis-app"], goesOn: brokerEndToEnd },
};

function rotatedOf({ plan }: Lab): Rotated {
  const { name } = plan.resolved.service;
  const found = ROTATED[name];
  if (found === undefined) throw new Error(`${name}: must be one of ${Object.keys(ROTATED).join(", ")}`);
  return found;
}

/** Says values of secrets; what it is told becomes the first that its secret ever had. Reads {name: value or nothing} as JSON. */
const VALUES = `
import boto3, json, sys
client = boto3.client("secretsmanager")
def value(name, first):
    if first is not None:
        client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        client.create_secret(Name=name, SecretString=first)
    return client.get_secret_value(SecretId=name)["SecretString"]
print(json.dumps({name: value(name, first) for name, first in json.load(sys.stdin).items()}))
`;

/** Values by what a service calls its secrets. */
type Values = Readonly<Record<string, string>>;

const nameOf = ({ plan: { resolved } }: Lab, secret: string): string =>
  `${resolved.environment.name}/${resolved.service.name}/${secret}`;

/** Values of secrets as they are now, or as they are made. */
async function valuesOf(lab: Lab, secrets: readonly string[], first: Values = {}): Promise<Values> {
  const told = JSON.stringify(Object.fromEntries(secrets.map((each) => [nameOf(lab, each), first[each] ?? null])));
  const values = JSON.parse(await demand("nsenter", besideHosts(lab, ["python3", "-c", VALUES]), told)) as Values;
  return Object.fromEntries(secrets.map((each) => [each, values[nameOf(lab, each)] ?? ""]));
}

/** The values that the lab gave, for other checks read them where it noted them. */
function ownValues(lab: Lab, secrets: readonly string[]): Values {
  const values: Values = JSON.parse(readFileSync(lab.state.at("cloud/secrets.json"), "utf8"));
  return Object.fromEntries(secrets.map((each) => [each, values[nameOf(lab, each)] ?? ""]));
}

/** What is wrong where a secret must have one value and no other, at all that it opens and for all who are told it. */
async function settled(lab: Lab, secret: string, good: string, gone: string): Promise<readonly string[]> {
  const [now, before] = [await openedBy(lab, secret, good), await openedBy(lab, secret, gone)];
  return [
    ...(await without(lab, secret, good)).map((unit) => `${unit}: runs without the value of ${secret} that is good`),
    ...now.shut.map((each) => `${each}: is shut to the value of ${secret} that is good`),
    ...before.open.map((each) => `${each}: is open to a value of ${secret} that is good no more`),
  ];
}

/** What is wrong after a rotation: where a store knows the value before, too, it must be good until its overlap is over. */
async function renewed(lab: Lab, secret: string, fresh: string, old: string): Promise<readonly string[]> {
  if (fresh === old) return [`${secret}: has the value that it had`];
  if (!keepsOld(loginOf(lab, secret))) return settled(lab, secret, fresh, old);
  return [
    ...(await without(lab, secret, fresh)).map((unit) => `${unit}: runs without the new value of ${secret}`),
    ...(await openedBy(lab, secret, fresh)).shut.map((each) => `${each}: is shut to the new value of ${secret}`),
    ...(await openedBy(lab, secret, old)).shut.map((each) => `${each}: is shut to the old ${secret} in its overlap`),
  ];
}

/** Restarts Patroni on a replica, which has to log in anew, and waits until the primary streams to all; that replica. */
async function streamsAnew(lab: Lab): Promise<string> {
  const { hosts } = clusterOf(lab);
  const [first] = hosts;
  if (first === undefined) throw new Error("no host of PostgreSQL");
  await awaitWhole(lab, first, hosts.length);
  const primary = await primaryOf(lab, first);
  const replicas = hosts.filter((host) => host !== primary);
  const [one] = replicas;
  if (one === undefined) throw new Error("PostgreSQL must have replicas");
  const since = await say(lab, primary, "SELECT clock_timestamp();");
  await onHost(lab, one, ["systemctl", "restart", "patroni.service"]);
  const streaming = `SELECT application_name FROM pg_stat_replication WHERE state = 'streaming'`;
  await inTime(async () => {
    const all = (await say(lab, primary, `${streaming};`)).split("\n");
    const anew = (await say(lab, primary, `${streaming} AND backend_start > '${since}';`)).split("\n");
    demandNone([
      ...replicas.filter(({ name }) => !all.includes(name)).map(({ tag }) => `${tag}: must stream, does not`),
      ...(anew.includes(one.name) ? [] : [`${one.tag}: must stream anew after Patroni's restart, does not`]),
    ]);
  });
  await awaitWhole(lab, primary, hosts.length);
  return one.tag;
}

/** Passwords that everybody changes to, with what stores know of the old ones, and the end of these. */
export const rotation: Check = {
  name: "rotate",
  proves:
    "a rotated password is in use by every unit and opens every member, the old one until its overlap is over (PostgreSQL keeps none, and its replicas stream by the new one), and applications go on; an unknown secret, and one in its overlap, are refused (NOD-2.7)",
  services: Object.keys(ROTATED),
  long: true,
  run: async (lab) => {
    const service = lab.plan.resolved.service.name;
    const { secrets, goesOn } = rotatedOf(lab);
    const asked = (secret: string) => ({ rotate_service: service, rotate_secret: secret });
    // An overlap of an earlier run would refuse this one.
    const old = await valuesOf(lab, secrets, await valuesOf(lab, secrets));
    for (const secret of secrets) {
      const { shut } = await openedBy(lab, secret, old[secret] ?? "");
      demandNone(shut.map((each) => `${each}: is shut to the value of ${secret} before`));
    }
    demandNone(await refused(lab, PLAYBOOK, asked("redis-none"), "rotate_secret: must be all"));
    const unchanged = await valuesOf(lab, secrets);
    demandNone(
      secrets.filter((each) => unchanged[each] !== old[each]).map((each) => `${each}: changed by what was refused`),
    );

    const streaming: string[] = [];
    for (const secret of secrets) {
      await demandDone(lab, PLAYBOOK, asked(secret));
      const fresh = await valuesOf(lab, [secret]);
      demandNone(await renewed(lab, secret, fresh[secret] ?? "", old[secret] ?? ""));
      if (loginOf(lab, secret).account.replicates) streaming.push(`${await streamsAnew(lab)} streams anew; `);
      await inTime(() => goesOn.run(lab));
    }
    const [again = "none"] = secrets;
    demandNone(await refused(lab, PLAYBOOK, asked(again), "must not change before its overlap is over"));

    // The lab's own values again, and none before them: the overlap of all others is over.
    const fresh = await valuesOf(lab, secrets);
    const own = await valuesOf(lab, secrets, ownValues(lab, secrets));
    await demandDone(lab, PLAYBOOK, asked("none"));
    const places: string[] = [];
    for (const secret of secrets) {
      demandNone(await settled(lab, secret, own[secret] ?? "", fresh[secret] ?? ""));
      const { open } = await openedBy(lab, secret, own[secret] ?? "");
      places.push(`${secret} at ${open.length}`);
    }
    return `${places.join(", ")} places, there and back; ${streaming.join("")}${await inTime(() => goesOn.run(lab))}`;
  },
};
