import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";

const FOLDER = "/etc/systemd/system";

const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");

/** Paths of the units that roles wrote, or changed by a drop-in. Throws for a drop-in of a unit that is not there. */
async function unitsOf(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const find = (...words: readonly string[]) => onHost(lab, host, ["find", FOLDER, "-type", "f", ...words]);
  const [own, dropIns] = await Promise.all([
    find("-maxdepth", "1", "-printf", "%p\n"),
    find("-mindepth", "2", "-path", "*.d/*.conf", "-printf", "%h\n"),
  ]);
  const changed = [...new Set(lines(dropIns))].map((path) => path.slice(FOLDER.length + 1, -".d".length));
  const show = ["systemctl", "show", "--property=FragmentPath", "--value", "--", ...changed];
  // One value for each unit, empty lines between.
  const fragments = (await onHost(lab, host, show)).trim().split("\n\n");
  const lost = changed.filter((_, index) => !fragments[index]?.startsWith("/"));
  if (lost.length > 0) throw new Error(`${host.tag}: ${lost.join(", ")}: a drop-in of a unit that is not there`);
  return [...new Set([...lines(own), ...fragments])].toSorted();
}

/** What systemd says against the units of a host, all of them read together. */
async function judged(lab: Lab, host: LabHost) {
  const units = await unitsOf(lab, host);
  const verify = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", ...units];
  const { code, stderr } = await run("nsenter", await inHost(lab, host, verify));
  // The program of a template lies in the release that its instance is called by.
  const said = lines(stderr).filter((line) => !/@test_instance\.service: Command .* is not executable/.test(line));
  const silent = code !== 0 && stderr === "" ? [`systemd-analyze ended with ${code}`] : [];
  return { count: units.length, findings: [...silent, ...said].map((line) => `${host.tag}: ${line}`) };
}

/** systemd starts a unit also without the lines that it does not know, and says so nowhere but in the journal. */
export const units: Check = {
  name: "units",
  proves: "systemd takes every line of every unit that roles write or change",
  run: async (lab) => {
    const all = await Promise.all(lab.plan.hosts.map((host) => judged(lab, host)));
    demandNone(all.flatMap(({ findings }) => findings));
    return `${all.reduce((sum, { count }) => sum + count, 0)} units of ${all.length} hosts`;
  },
};
