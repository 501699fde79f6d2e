import { converge } from "../converge.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { type Check, CheckFailed, demandNone } from "./check.ts";
import { killedAt } from "./operations.ts";

const SETTINGS = "/etc/nginx/nginx.conf";
/** Between the settings and the handler that has NGINX read them. */
const WRITTEN = "TASK [nginx : Write how its unit stops and what it may do]";
/** As many as no machine has processors here, so that the settings which are in force can be told by their number. */
const OTHERS = 97;

async function hostWithNginx(lab: Lab): Promise<LabHost> {
  for (const host of lab.plan.hosts) {
    if ((await onHost(lab, host, ["sh", "-c", `test -e ${SETTINGS} && echo there || true`])).trim() === "there") {
      return host;
    }
  }
  throw new Error(`a host must have ${SETTINGS}`);
}

const workers = async (lab: Lab, host: LabHost): Promise<number> =>
  Number(await onHost(lab, host, ["sh", "-c", "pgrep --count --full '^nginx: worker process$' || true"]));

/** Runs that end between a changed file and the program that must read it. */
export const cutOff: Check = {
  name: "cut-off",
  proves: "settings that a killed run wrote, and no program read, are in force after the next run",
  // The one whose other checks take less time.
  services: ["message-broker"],
  run: async (lab) => {
    const host = await hostWithNginx(lab);
    const declared = await workers(lab, host);
    await onHost(lab, host, ["sed", "-i", `s/^worker_processes auto;$/worker_processes ${OTHERS};/`, SETTINGS]);
    await onHost(lab, host, ["systemctl", "reload", "nginx"]);
    await killedAt(lab, WRITTEN, ["--limit", host.tag]);
    const [file, before] = [await onHost(lab, host, ["cat", SETTINGS]), await workers(lab, host)];
    demandNone([
      ...(file.includes("\nworker_processes auto;\n")
        ? []
        : [`${host.tag}: the killed run must have written ${SETTINGS}`]),
      ...(before === OTHERS ? [] : [`${host.tag}: NGINX must not have read it yet, has ${before} workers`]),
    ]);
    if ((await converge(lab, ["--limit", host.tag])) !== 0) throw new CheckFailed([`${host.tag}: the next run failed`]);
    const after = await workers(lab, host);
    demandNone(after === declared ? [] : [`${host.tag}: must have ${declared} workers again, has ${after}`]);
    return `${host.tag}: ${before} workers after a killed run, ${after} after the next`;
  },
};
