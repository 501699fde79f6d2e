import type { Release } from "../../build-release/release.ts";
import { refusals } from "../converge.ts";
import { type Lab, onHost } from "../hosts.ts";
import { releasesOf } from "../releases.ts";
import { type Check, demandNone } from "./check.ts";
import { migrated } from "./end-to-end.ts";
import { type Answered, applications, inWords, playbook, together, underLoad } from "./under-load.ts";

/** Worst score of a unit that may be: 0 is closed, 10 open. */
const EXPOSURE = 2.5;

/** The release that each host's link names. */
function versions(lab: Lab): Promise<readonly string[]> {
  const links = applications(lab).map(({ host, unit }) => ({ host, link: unit.exec.split("/bin/")[0] ?? "" }));
  return Promise.all(
    links.map(async ({ host, link }) => (await onHost(lab, host, ["readlink", link])).split("/")[1] ?? ""),
  );
}

const toRelease = ({ service, version, sha256 }: Release) => ({
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
): Promise<Answered> {
  const { result, load } = await underLoad(lab, () => playbook(lab, name, values));
  const found = [...new Set(await versions(lab))].join(", ");
  const what = `${name} ${values["release_version"] ?? ""}`.trim();
  demandNone([
    ...load.lost.map((each) => `${what}: lost a request at ${each}`),
    ...(found === wanted.version ? [] : [`${what}: hosts must run ${wanted.version}, got ${found}`]),
    ...((result.code === 0) === wanted.succeeds
      ? []
      : [`${what}: exit ${result.code}: ${refusals(result.stdout + result.stderr)}`]),
  ]);
  return load;
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
  proves:
    "a release, a bad one and a rollback lose no request; the bad one goes back by itself, a second rollback to nothing that was left (TKT-5.12, TKT-5.13)",
  services: ["ticketing", "message-broker"],
  run: async (lab) => {
    await migrated(lab);
    const { first, next, bad } = releasesOf(lab.state);
    const back = { release_service: first.service };
    const loads = [
      await expect(lab, "release", toRelease(next), { succeeds: true, version: next.version }),
      await expect(lab, "release", toRelease(bad), { succeeds: false, version: next.version }),
      await expect(lab, "rollback", back, { succeeds: true, version: first.version }),
      await expect(lab, "rollback", back, { succeeds: false, version: first.version }),
    ];
    return inWords(together(loads));
  },
};
