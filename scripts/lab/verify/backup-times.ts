import { hostOf, onHost } from "../hosts.ts";
import { forget, judgeOf, made, started, undisturbed } from "./backups.ts";
import { type Check, demandNone } from "./check.ts";

/** A copy that was lost is made by a later start of its timer, and one that is there is not made twice. */
export const lostCopy: Check = {
  name: "lost-copy",
  proves:
    "a timer's later start makes a daily copy that nobody has made, once, and makes none that is there (TKT-7.1, BRK-25.5)",
  run: async (lab) => {
    const one = made(lab).find(({ task, backup }) => task.kind === "backup" && backup.schedule.every === "day");
    if (one === undefined) return "no daily backup on hosts";
    const { task, hosts } = one;
    const unit = `platform-task-${task.name}.service`;
    // As a timer starts it: later ones of a night start it again.
    const timed = () => Promise.all(hosts.map((host) => onHost(lab, host, ["systemctl", "start", unit])));
    await undisturbed(lab, hosts, task.name, async () => {
      await Promise.all(hosts.map((host) => forget(lab, host, task.name)));
      const judge = await judgeOf(lab, one);
      await timed();
      const lost = await judge();
      const again = await judgeOf(lab, one);
      await timed();
      // Once more it would be one copy too many: what is missing then is what must be missing.
      const twice = (await again()).length === 0 ? [`${task.name}: is made twice`] : [];
      demandNone([...lost, ...twice]);
    });
    return `${task.name}: made by ${hosts.length} hosts' timers, once`;
  },
};

/** The purge waits for the dump of its night: without one it fails, after one it runs (BRK-27.5). */
export const purge: Check = {
  name: "purge",
  proves: "nothing is purged without the dump of that night (BRK-27.4, BRK-27.5, BRK-SEC.26)",
  services: ["message-broker"],
  run: async (lab) => {
    const host = hostOf(lab, "main");
    const early = await undisturbed(lab, [host], "database", async () => {
      await forget(lab, host, "database");
      return started(lab, host, "purge");
    });
    const dump = await started(lab, host, "database");
    const late = await started(lab, host, "purge");
    demandNone([
      ...(early?.includes("database: must have succeeded since")
        ? []
        : [`purge: must be refused without a dump, said ${early}`]),
      ...[dump, late].filter((line) => line !== undefined),
    ]);
    return "refused before the dump, ran after it";
  },
};
