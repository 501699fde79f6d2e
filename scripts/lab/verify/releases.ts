import { spawn } from "node:child_process";
import { besideHosts } from "../controller.ts";
import { inHost, type Lab } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { type LabRelease, releasesOf } from "../releases.ts";
import { piece, project } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** Worst score of a unit that may be: 0 is closed, 10 open. */
const EXPOSURE = 2.5;

/** The public address that load comes by; undefined for a service without a site. */
function siteOf({ plan: { resolved } }: Lab): string | undefined {
  const site = resolved.entrypoints.find(({ entrypoint }) => entrypoint.kind === "web");
  return site?.entrypoint.kind === "web" ? `https://${site.hostName}${site.entrypoint.health}` : undefined;
}

/** Hosts with units in Python, and those units. */
const applications = ({ plan }: Lab) =>
  plan.hosts.flatMap((host) => {
    const component = plan.resolved.service.components.find(({ name }) => name === host.group);
    const units = component?.kind === "hosts" ? component.units : [];
    return units.filter(({ runtime }) => runtime.startsWith("python")).map((unit) => ({ host, unit }));
  });

const onHost = async (lab: Lab, host: LabHost, command: readonly string[]): Promise<string> =>
  demand("nsenter", await inHost(lab, host, command));

/** The release that each host's link names. */
function versions(lab: Lab): Promise<readonly string[]> {
  const links = applications(lab).map(({ host, unit }) => ({ host, link: unit.exec.split("/bin/")[0] ?? "" }));
  return Promise.all(
    links.map(async ({ host, link }) => (await onHost(lab, host, ["readlink", link])).split("/")[1] ?? ""),
  );
}

/** Load while something is done: what came of both. */
async function underLoad<T>(lab: Lab, task: () => Promise<T>) {
  const url = siteOf(lab);
  if (url === undefined) return { result: await task(), answered: 0, lost: [] };
  const child = spawn("nsenter", besideHosts(lab, ["python3", piece("verify/load.py"), url]), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const ended = new Promise<void>((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
  try {
    const result = await task();
    child.stdin.end();
    await ended;
    return {
      result,
      ...(JSON.parse(output.join("")) as { readonly answered: number; readonly lost: readonly string[] }),
    };
  } finally {
    child.stdin.destroy();
  }
}

const playbook = (lab: Lab, name: string, values: Readonly<Record<string, string>>) =>
  run(
    "nsenter",
    besideHosts(lab, [
      "ansible-playbook",
      ...["-i", `${project}/ansible/generated/${lab.plan.resolved.environment.name}`, "-i", lab.state.at("inventory")],
      `${project}/ansible/playbooks/${name}.yml`,
      ...Object.entries(values).flatMap(([key, value]) => ["-e", `${key}=${value}`]),
    ]),
  );

const toRelease = ({ service, version, sha256 }: LabRelease) => ({
  release_service: service,
  release_version: version,
  release_sha256: sha256,
});

/** Runs a playbook under load: it must end so, leave every host with that version, and lose no request. */
async function expect(
  lab: Lab,
  name: "release" | "rollback",
  values: Readonly<Record<string, string>>,
  wanted: { readonly succeeds: boolean; readonly version: string },
): Promise<number> {
  const { result, answered, lost } = await underLoad(lab, () => playbook(lab, name, values));
  const found = [...new Set(await versions(lab))].join(", ");
  const what = `${name} ${values["release_version"] ?? ""}`.trim();
  demandNone([
    ...lost.map((each) => `${what}: lost a request at ${each}`),
    ...(found === wanted.version ? [] : [`${what}: hosts must run ${wanted.version}, got ${found}`]),
    ...((result.code === 0) === wanted.succeeds
      ? []
      : [`${what}: exit ${result.code}: ${(result.stderr + result.stdout).slice(-800)}`]),
  ]);
  return answered;
}

/** Hardening of every unit, by systemd's own judgement. */
export const exposure: Check = {
  name: "exposure",
  proves: `systemd judges no application's unit worse than ${EXPOSURE} (BRK-SEC.24)`,
  services: ["ticketing", "message-broker"],
  run: async (lab) => {
    const scores = await Promise.all(
      applications(lab).map(async ({ host, unit }) => {
        const said = await onHost(lab, host, ["systemd-analyze", "security", "--no-pager", `${unit.name}.service`]);
        return { name: `${host.tag} ${unit.name}`, score: Number(/exposure level .*: ([\d.]+)/.exec(said)?.[1]) };
      }),
    );
    demandNone(scores.filter(({ score }) => !(score <= EXPOSURE)).map(({ name, score }) => `${name}: ${score}`));
    return `${scores.length} units, the worst ${Math.max(...scores.map(({ score }) => score))}`;
  },
};

/** Releases one after the other, while requests come. */
export const releases: Check = {
  name: "releases",
  proves: "a release, a bad one and a rollback lose no request; the bad one goes back by itself (TKT-5.12, TKT-5.13)",
  services: ["ticketing", "message-broker"],
  run: async (lab) => {
    const { first, next, bad } = releasesOf(lab.state);
    const back = { release_service: first.service, release_version: first.version };
    const counts = [
      await expect(lab, "release", toRelease(next), { succeeds: true, version: next.version }),
      await expect(lab, "release", toRelease(bad), { succeeds: false, version: next.version }),
      await expect(lab, "rollback", back, { succeeds: true, version: first.version }),
    ];
    return `${counts.reduce((sum, count) => sum + count, 0)} requests, none lost`;
  },
};
