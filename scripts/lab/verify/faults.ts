import { besideHosts } from "../controller.ts";
import { playbookCommand, readRecap, refusals } from "../converge.ts";
import { boot, kill, type Lab, onHost, wipe, writeHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { repositoryOf } from "../up.ts";
import { type Check, demandNone } from "./check.ts";
import { killedAt, pairOf } from "./operations.ts";
import { afterRestart } from "./reboot.ts";

/** A file that the first play writes where it is not. */
const MANAGED = "/etc/systemd/journald.conf.d/60-platform.conf";
/** Where a run is killed: files and certificates are there, and the applications' units not yet. */
const HALFWAY = "TASK [python_service : ";

/** Runs the service's playbook with options, as `converge` does. */
async function converged(lab: Lab, ...options: readonly string[]) {
  const command = playbookCommand(lab, lab.plan.resolved.service.name, options);
  const { code, stdout, stderr } = await run("nsenter", besideHosts(lab, command));
  const { hosts, changed } = readRecap(stdout);
  return { code, hosts, changed, said: refusals(stdout + stderr) };
}

type Converged = Awaited<ReturnType<typeof converged>>;

/** Findings unless a run ended well, and changed nothing. */
const changedNothing = (what: string, { code, changed, said }: Converged): readonly string[] => [
  ...(code === 0 ? [] : [`${what}: exit ${code}: ${said}`]),
  ...changed.map((each) => `${what}: ${each}`),
];

/** With one host down a run ends before the others are touched, though one of them lacks a file. */
async function withoutHost(lab: Lab, down: LabHost, other: LabHost): Promise<readonly string[]> {
  await onHost(lab, other, ["rm", "--force", MANAGED]);
  await kill(lab, down);
  const { code, hosts, changed, said } = await converged(lab);
  const there = await onHost(lab, other, ["bash", "-c", `test -e ${MANAGED} && echo there || echo gone`]);
  return [
    ...(code === 0 ? [`a run without ${down.tag}: must fail, got exit 0`] : []),
    ...(hosts[down.tag]?.failed === 1 ? [] : [`a run without ${down.tag}: must name it, said ${said}`]),
    ...changed.map((each) => `a run without ${down.tag}: ${each}`),
    ...(there.trim() === "gone" ? [] : [`a run without ${down.tag}: has written ${MANAGED} on ${other.tag}`]),
  ];
}

/** What becomes of runs that meet a host that is down, or that end half-way. */
export const faults: Check = {
  name: "faults",
  proves:
    "a host that is down ends a run before it changes anything; after a run that was killed half-way the next ends well, and the one after it changes nothing, nor does --check",
  services: ["message-broker"],
  long: true,
  run: async (lab) => {
    const [other, down] = pairOf(lab);
    if (other === undefined || down === undefined) throw new Error("an application must have two hosts");
    const unreached = await withoutHost(lab, down, other);
    // A new host, so that there is something to do.
    await wipe(lab, down);
    writeHost(lab, down, repositoryOf(lab.plan));
    await boot(lab, down);
    demandNone(unreached);

    const limit = ["--limit", `${other.tag},${down.tag}`];
    await killedAt(lab, HALFWAY, limit);
    const next = await converged(lab, ...limit);
    demandNone([
      ...(next.code === 0 ? [] : [`the run after one that was killed: exit ${next.code}: ${next.said}`]),
      ...(next.hosts[down.tag]?.changed ? [] : ["a run that was killed: must leave something to do"]),
    ]);
    demandNone([
      ...changedNothing("the second run after one that was killed", await converged(lab, ...limit)),
      ...changedNothing("--check", await converged(lab, ...limit, "--check")),
      ...(await afterRestart(lab, lab.plan.hosts)),
    ]);
    const left = next.hosts[down.tag]?.changed;
    return `${down.tag} down: 0 changed on the others; killed half-way: ${left} changed by the next run, 0 by the one after it and by --check`;
  },
};
