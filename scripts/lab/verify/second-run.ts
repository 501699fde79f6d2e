import { recap, refusals } from "../converge.ts";
import { type Check, demandNone } from "./check.ts";

/** A second run of the playbook. */
export const secondRun: Check = {
  name: "second-run",
  proves: "a second run of the playbook changes nothing",
  run: async (lab) => {
    const { hosts, changed, code, output } = await recap(lab);
    const counts = Object.entries(hosts).filter(([, { changed: count, failed }]) => count + failed > 0);
    demandNone([
      ...counts.map(([host, { changed: count, failed }]) => `${host}: ${count} changed, ${failed} failed`),
      ...changed,
      ...(code === 0 ? [] : [`exit ${code}: ${refusals(output)}`]),
    ]);
    return `${Object.keys(hosts).length} hosts, 0 changed`;
  },
};
