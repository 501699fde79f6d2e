import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../../scripts/start/synthesize.ts";
import { observability } from "../../services/observability.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { Service } from "../../services/schema/service.ts";
import { parseStack, type Synthesized } from "../support/synth.ts";

/** The stack of a service that no catalogue lists, as `npm start` would make it. */
export function synthesizeService(service: Service, environment: Environment): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), "service-"));
  try {
    const catalogue = { environments: [environment], services: [service, observability] };
    const { stacks } = synthesize(catalogue, environment, directory);
    const made = stacks.find(({ name }) => name === service.name);
    if (made === undefined) throw new Error(`no stack "${service.name}"`);
    return parseStack(readFileSync(made.file, "utf8"));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
