import { App } from "cdktf";

/**
 * Engines that the output must be accepted by; the bindings check every feature used against them. OpenTofu takes the
 * version that a stack requires for one of its own, so 1.10 refuses the stacks.
 */
const targetVersions = { terraform: ">=1.11.0", opentofu: ">=1.11.0" };

/** An app whose output holds no stack trace: traces hold paths of the machine. */
export const newApp = (outdir?: string): App =>
  new App({
    stackTraces: false,
    context: { targetVersions },
    ...(outdir === undefined ? {} : { outdir }),
  });
