import { hostOf, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { judgeOf, made, started } from "./backups.ts";
import { type Check, demandNone } from "./check.ts";
import { ticketingEndToEnd } from "./end-to-end.ts";
import { demandDone, inTime, refused } from "./operations.ts";
import { awaitWhole, clusterOf, members, primaryOf } from "./postgres.ts";

const PLAYBOOK = "restore-postgres";

/** As a playbook is told a moment. */
const FORMAT = `'YYYY-MM-DD HH24:MI:SS"+00"'`;
/** A second that nothing was written in, after all that is there and before all that comes. */
const MOMENT = `SELECT to_char(date_trunc('second', clock_timestamp()) + interval '1 second', ${FORMAT}); SELECT pg_sleep(2);`;

/** What statements print on a member, said on its own socket as its administrator. */
export async function say(lab: Lab, host: LabHost, statements: string): Promise<string> {
  const { store } = clusterOf(lab);
  const client = [
    "runuser",
    "--user",
    "postgres",
    "--",
    "psql",
    "--no-psqlrc",
    "--quiet",
    "-tA",
    "-v",
    "ON_ERROR_STOP=1",
  ];
  const place = ["--host=/run/postgresql", `--port=${store.listens.sql.port}`, store.database];
  return (await onHost(lab, host, [...client, ...place], statements)).trim();
}

/** Throws CheckFailed unless every member has this word and no other. */
async function everywhere(lab: Lab, word: string): Promise<void> {
  const { hosts } = clusterOf(lab);
  const found = await Promise.all(hosts.map((host) => say(lab, host, "SELECT word FROM lab_restore;")));
  demandNone(
    hosts.flatMap(({ tag }, index) =>
      found[index] === word ? [] : [`${tag}: must have the row "${word}", got "${found[index]}"`],
    ),
  );
}

/** The member that leads. */
const leaderOf = (lab: Lab): Promise<LabHost> => primaryOf(lab, hostOf(lab, clusterOf(lab).store.name));

/** A minute before the end of the first base backup that the repository has. */
async function tooEarly(lab: Lab): Promise<string> {
  const { hosts, store } = clusterOf(lab);
  const [first] = hosts;
  if (first === undefined) throw new Error("no host of PostgreSQL");
  const stanza = `${lab.plan.resolved.service.name}-${store.name}`;
  const info = ["runuser", "--user", "postgres", "--", "pgbackrest", `--stanza=${stanza}`, "--output=json", "info"];
  const [told] = JSON.parse(await onHost(lab, first, info)) as readonly {
    readonly backup: readonly { readonly timestamp: { readonly stop: number } }[];
  }[];
  const end = Math.min(...(told?.backup ?? []).map(({ timestamp }) => timestamp.stop));
  return say(lab, first, `SELECT to_char(to_timestamp(${end - 60}), ${FORMAT});`);
}

/** What a run that must change nothing would change before anything else: who leads on which timeline, and what runs. */
async function stateOf(lab: Lab): Promise<readonly string[]> {
  const { hosts, store } = clusterOf(lab);
  const show = ["systemctl", "show", "--property=InvocationID", "--value", "patroni.service"];
  const runs = hosts.map(async (host) => `${host.name} runs ${(await onHost(lab, host, show)).trim()}`);
  const found = await members(lab, hostOf(lab, store.name));
  const leads = found.filter(({ Role }) => Role === "Leader").map(({ Member, TL }) => `${Member} leads on ${TL}`);
  return [...(await Promise.all(runs)), ...leads];
}

/** Makes a base backup, whoever made one before. Throws CheckFailed when the repository does not have it then. */
async function backUp(lab: Lab): Promise<void> {
  const one = made(lab).find(({ backup }) => backup.by === "pgbackrest");
  if (one === undefined) throw new Error("PostgreSQL must have base backups");
  const { name } = one.task;
  const judge = await judgeOf(lab, one);
  const said = await Promise.all(one.hosts.map((host) => started(lab, host, name)));
  demandNone([...said.filter((line) => line !== undefined), ...(await judge())]);
}

/** PostgreSQL as of a moment. */
export const postgresRestore: Check = {
  name: "restore",
  proves:
    "PostgreSQL goes back to a moment: what was written before it is on every member, what came after is not, tickets and backups go on; --check, another name, an unknown timeline, a moment before all backups and one that the restore left out change nothing (TKT-7.7)",
  services: ["ticketing"],
  long: true,
  run: async (lab) => {
    const { hosts, store } = clusterOf(lab);
    const first = hostOf(lab, store.name);
    await awaitWhole(lab, first, hosts.length);
    await backUp(lab);
    const leader = await leaderOf(lab);
    await say(lab, leader, "DROP TABLE IF EXISTS lab_restore; CREATE TABLE lab_restore (word text);");
    await say(lab, leader, "INSERT INTO lab_restore VALUES ('before');");
    const moment = await say(lab, leader, MOMENT);
    await say(lab, leader, "DELETE FROM lab_restore; INSERT INTO lab_restore VALUES ('after');");
    const left = await say(lab, leader, MOMENT);

    const asked = {
      platform_scope: lab.plan.resolved.service.name,
      restore_time: moment,
      restore_confirm: `${lab.plan.resolved.service.name}-${store.name}`,
    };
    await inTime(() => everywhere(lab, "after"));
    const before = await stateOf(lab);
    demandNone([
      ...(await refused(
        lab,
        PLAYBOOK,
        { ...asked, restore_time: await tooEarly(lab) },
        "after the end of a base backup",
      )),
      ...(await refused(
        lab,
        PLAYBOOK,
        { ...asked, restore_timeline: "99" },
        "restore_timeline must be latest or a number",
      )),
      ...(await refused(lab, PLAYBOOK, { ...asked, restore_confirm: store.name }, "restore_confirm must be")),
    ]);
    await demandDone(lab, PLAYBOOK, asked, "--check");
    const unmoved = await stateOf(lab);
    demandNone(unmoved.filter((each) => !before.includes(each)).map((each) => `without a restore: ${each}`));
    await everywhere(lab, "after");

    await demandDone(lab, PLAYBOOK, asked);
    await awaitWhole(lab, first, hosts.length);
    await everywhere(lab, "before");
    demandNone(await refused(lab, PLAYBOOK, { ...asked, restore_time: left }, "a restore left that out of timeline"));
    await say(lab, await leaderOf(lab), "DROP TABLE lab_restore;");
    const ticket = await inTime(() => ticketingEndToEnd.run(lab));
    await backUp(lab);
    return `${hosts.length} members as of ${moment}; ${ticket}`;
  },
};
