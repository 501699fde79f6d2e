import { readFileSync } from "node:fs";
import type { RedisSentinel } from "../../../services/schema/redis.ts";
import { besideHosts } from "../controller.ts";
import { type Lab, onHost } from "../hosts.ts";
import { demand } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { ticketingEndToEnd } from "./end-to-end.ts";
import { demandDone, inTime, refused } from "./operations.ts";
import { applications } from "./under-load.ts";

const SECRET = "redis-app";

/** Says a secret's value; with one, makes it the first that the secret ever had. Arguments: name, value. */
const VALUE = `
import boto3, sys
client = boto3.client("secretsmanager")
name, *value = sys.argv[1:]
if value:
    client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    client.create_secret(Name=name, SecretString=value[0])
print(client.get_secret_value(SecretId=name)["SecretString"])
`;

const nameOf = ({ plan: { resolved } }: Lab): string =>
  `${resolved.environment.name}/${resolved.service.name}/${SECRET}`;

async function secretValue(lab: Lab, value: readonly string[] = []): Promise<string> {
  return (await demand("nsenter", besideHosts(lab, ["python3", "-c", VALUE, nameOf(lab), ...value]))).trim();
}

/** Units of the application that run without a value. */
async function without(lab: Lab, value: string): Promise<readonly string[]> {
  const script = `read -r value
grep -qzxF "REDIS_PASSWORD=$value" "/proc/$(systemctl show --property=MainPID --value "$1")/environ" && echo yes || echo no`;
  const found = applications(lab).map(async ({ host, unit }) => {
    const said = await onHost(lab, host, ["bash", "-c", script, "-", `${unit.name}.service`], `${value}\n`);
    return said.trim() === "yes" ? [] : [`${host.tag} ${unit.name}`];
  });
  return (await Promise.all(found)).flat();
}

/** Listeners of Redis and its Sentinels by whether a value opens them to the application. */
async function openedBy(lab: Lab, value: string) {
  const store = lab.plan.resolved.service.stores.find((each): each is RedisSentinel => each.kind === "redis-sentinel");
  if (store === undefined) throw new Error(`${lab.plan.resolved.service.name}: has no Redis`);
  const { redis, cache, sentinel } = store.listens;
  const script = `read -r REDISCLI_AUTH; export REDISCLI_AUTH
redis-cli -h "$1" -p "$2" --tls --cacert /etc/redis/tls/ca.crt --user app PING 2>&1 | grep -qx PONG && echo yes || echo no`;
  const asked = lab.plan.hosts
    .filter(({ group }) => group === store.name)
    .flatMap((host) =>
      [redis, cache, sentinel].map(async ({ port }) => {
        const said = await onHost(lab, host, ["bash", "-c", script, "-", host.domain, String(port)], `${value}\n`);
        return { listener: `${host.tag}:${port}`, open: said.trim() === "yes" };
      }),
    );
  const found = await Promise.all(asked);
  const those = (wanted: boolean) => found.filter(({ open }) => open === wanted).map(({ listener }) => listener);
  return { open: those(true), shut: those(false) };
}

/** A password that everybody changes to while the old one still opens, and the end of the old one. */
export const rotation: Check = {
  name: "rotate",
  proves:
    "a rotated password is in use by every unit and opens every member, beside the old one until its overlap is over; an unknown secret, and one in its overlap, are refused (NOD-2.7)",
  services: ["ticketing"],
  long: true,
  run: async (lab) => {
    const asked = { rotate_service: "ticketing", rotate_secret: SECRET };
    const first = JSON.parse(readFileSync(lab.state.at("cloud/secrets.json"), "utf8"))[nameOf(lab)] as string;
    // An overlap of an earlier run would refuse this one.
    const old = await secretValue(lab, [await secretValue(lab)]);
    demandNone([
      ...(await openedBy(lab, old)).shut.map((each) => `${each}: is shut to the password before`),
      ...(await refused(
        lab,
        "rotate-secrets",
        { ...asked, rotate_secret: "redis-none" },
        "rotate_secret: must be all",
      )),
      ...((await secretValue(lab)) === old ? [] : ["a refused rotation changed the password"]),
    ]);

    await demandDone(lab, "rotate-secrets", asked);
    const fresh = await secretValue(lab);
    demandNone([
      ...(fresh === old ? ["the password is what it was"] : []),
      ...(await without(lab, fresh)).map((unit) => `${unit}: runs without the new password`),
      ...(await openedBy(lab, fresh)).shut.map((each) => `${each}: is shut to the new password`),
      ...(await openedBy(lab, old)).shut.map((each) => `${each}: is shut to the old password in its overlap`),
      ...(await refused(lab, "rotate-secrets", asked, "must not change before its overlap is over")),
    ]);
    const ticket = await inTime(() => ticketingEndToEnd.run(lab));

    // The lab's own value again, and no value before it: the overlap of all others is over.
    await secretValue(lab, [first]);
    await demandDone(lab, "rotate-secrets", { ...asked, rotate_secret: "none" });
    const { open } = await openedBy(lab, fresh);
    const back = await openedBy(lab, first);
    demandNone([
      ...(await without(lab, first)).map((unit) => `${unit}: runs without the password that is good`),
      ...open.map((each) => `${each}: is open to a password whose overlap is over`),
      ...back.shut.map((each) => `${each}: is shut to the password that is good`),
    ]);
    await inTime(() => ticketingEndToEnd.run(lab));
    return `${back.open.length} listeners, old and new; ${ticket}`;
  },
};
