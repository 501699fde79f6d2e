import { join } from "node:path";
import { run } from "../../scripts/setup/run.ts";

/** Before any test: what roles are rendered and checked with is installed, as `npm run setup` does it. */
export async function setup(): Promise<void> {
  await run(join(import.meta.dirname, "../.."), { check: false });
}
