import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalogue } from "../../services/catalogue.ts";

/** Time of one phase, and the largest memory of the process up to its end. */
interface Phase {
  readonly name: string;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** What one process measured for so many copies of the catalogue. */
export interface Measurement {
  readonly copies: number;
  readonly resources: number;
  readonly phases: readonly Phase[];
}

/** Runs the phases of `npm start` in this process on so many copies of the catalogue, and measures each. */
export async function measure(copies: number): Promise<Measurement> {
  const phases: Phase[] = [];
  const phase = async <T>(name: string, run: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await run();
    const milliseconds = Math.round(performance.now() - start);
    phases.push({ name, milliseconds, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) });
    return result;
  };
  const code = await phase("load", async () => ({
    ...(await import("../../services/catalogue.ts")),
    ...(await import("../../services/validate.ts")),
    ...(await import("../helm/releases.ts")),
    ...(await import("../start/index-file.ts")),
    ...(await import("../start/synthesize.ts")),
    ...(await import("../start/write.ts")),
  }));
  const catalogue = copied(code.catalogue, copies);
  await phase("validate", () => code.validateCatalogue(catalogue, "2026-01-01"));
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const made = await phase("synthesize", () =>
      catalogue.environments.map((environment) => code.synthesize(catalogue, environment, directory)),
    );
    const stacks = made.flatMap((each) => each.stacks);
    const estates = made.map(({ estate }) => estate);
    // Rendered only as a part of the whole command: so many processes would measure the machine.
    await phase("values", () => estates.flatMap((estate) => code.releasesOf(estate)));
    const text = await phase("index", () => JSON.stringify(code.indexOf(catalogue, estates, stacks), null, 2));
    const files = stacks.map(({ id, file }) => ({ path: join("terraform", id, "cdk.tf.json"), copyOf: file }));
    await phase("write", () =>
      code.writeOutputs(
        { directory: join(directory, "out"), staging: directory },
        [...files, { path: "index.json", text }],
        true,
      ),
    );
    return { copies, resources: stacks.reduce((sum, { resources }) => sum + resources, 0), phases };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The environments so many times over, each copy under a name and addresses of its own. */
const copied = ({ services, environments }: Catalogue, copies: number): Catalogue => ({
  services,
  environments: Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
    environments.map((environment, index) => ({
      ...environment,
      name: `${environment.name}-${copy}`,
      cidr: `10.${copy * environments.length + index}.0.0/16`,
    })),
  ),
});
