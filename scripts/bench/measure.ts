import { measure } from "./phases.ts";

/** A process of its own for one measurement, so that its memory is its own: `node measure.ts COPIES`. */
process.stdout.write(JSON.stringify(await measure(Number(process.argv[2]))));
