import { type Lab, onHost } from "../hosts.ts";
import { type Check, CheckFailed, demandNone } from "./check.ts";
import { ticketingEndToEnd } from "./end-to-end.ts";
import { demandDone, inTime, refused } from "./operations.ts";

const POSTGRES = "/usr/local/sbin/patroni-member";
const REDIS = "/usr/local/sbin/redis-member";
/** Names of hosts that no store may be handed to: one that is none, and one of the application. */
const STRANGERS = ["database-z", "api-a"];

/** The stores that can be handed over, with their hosts. */
function storesOf({ plan }: Lab) {
  return plan.resolved.service.stores.flatMap(({ kind, name }) => {
    const hosts = plan.hosts.filter(({ group }) => group === name);
    return kind === "patroni" || kind === "redis-sentinel" ? [{ kind, hosts }] : [];
  });
}

type Store = ReturnType<typeof storesOf>[number];

/** Names of the hosts that lead a store that is whole: one of PostgreSQL, one for each instance of Redis. */
async function leadersOf(lab: Lab, { kind, hosts }: Store): Promise<readonly string[]> {
  const [first] = hosts;
  if (first === undefined) throw new Error(`${kind}: has no hosts in this lab`);
  if (kind === "patroni") {
    await onHost(lab, first, [POSTGRES, "ready", "120"]);
    const members: readonly { readonly name: string; readonly role: string }[] = JSON.parse(
      await onHost(lab, first, [POSTGRES, "status"]),
    );
    return members.filter(({ role }) => role === "leader").map(({ name }) => name);
  }
  await onHost(lab, first, [REDIS, "await", "120"]);
  const instances: Readonly<Record<string, Readonly<Record<string, { readonly role: string }>>>> = JSON.parse(
    await onHost(lab, first, [REDIS, "status"]),
  );
  return Object.values(instances).flatMap((states) =>
    hosts.filter(({ domain }) => states[domain]?.role === "master").map(({ name }) => name),
  );
}

/** The lead on purpose, from the host that has it to one that had none. */
export const switchover: Check = {
  name: "switchover",
  proves:
    "the lead of PostgreSQL and of Redis goes to the member that is named, and the application goes on; whoever is no member is refused, and nothing moves",
  services: ["ticketing"],
  long: true,
  run: async (lab) => {
    const scope = { platform_scope: "ticketing" };
    const stores = storesOf(lab);
    const leaders = () => Promise.all(stores.map((store) => leadersOf(lab, store)));
    const before = await leaders();
    for (const stranger of STRANGERS) {
      const asked = { ...scope, switchover_candidate: stranger };
      demandNone(await refused(lab, "switchover", asked, "switchover_candidate must be"));
    }
    const unmoved = await leaders();
    if (String(unmoved) !== String(before)) {
      throw new CheckFailed([`what was refused moved the lead from ${before} to ${unmoved}`]);
    }
    const chosen: string[] = [];
    for (const [index, store] of stores.entries()) {
      const candidate = store.hosts.find(({ name }) => !before[index]?.includes(name))?.name ?? "none";
      await demandDone(lab, "switchover", { ...scope, switchover_candidate: candidate });
      const after = await leadersOf(lab, store);
      demandNone(after.filter((name) => name !== candidate).map((name) => `${candidate}: must lead, got ${name}`));
      chosen.push(candidate);
    }
    return `${chosen.join(" and ")} lead now; ${await inTime(() => ticketingEndToEnd.run(lab))}`;
  },
};
