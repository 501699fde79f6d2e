import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, Testing } from "cdktf";
import { PlatformStack } from "../../stacks/platform-stack.ts";

/** One resource of a synthesized stack: its address, type, and arguments as Terraform reads them. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON of any resource type, read by assertions only.
  readonly args: any;
}

/** Parsed Terraform JSON with look-ups that fail loudly. */
export interface Synthesized {
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON, read by assertions only.
  readonly json: any;
  /** All resources, or those of one type. */
  all(type?: string): readonly Resource[];
  /** The only resource of a type; throws when there is none or more than one. */
  one(type: string): Resource;
}

/** Wraps parsed `cdk.tf.json` text. */
export function parseStack(text: string): Synthesized {
  const json = JSON.parse(text);
  const resources: Resource[] = Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named as object).map(([name, args]) => ({ address: `${type}.${name}`, type, name, args })),
  );
  const all = (type?: string) => resources.filter((resource) => type === undefined || resource.type === type);
  return {
    json,
    all,
    one(type) {
      const [first, ...rest] = all(type);
      if (first === undefined || rest.length > 0) {
        throw new Error(
          `expected one ${type}, got ${
            all(type)
              .map((r) => r.address)
              .join(", ") || "none"
          }`,
        );
      }
      return first;
    },
  };
}

/** An app wants a directory, though nothing is written into it here. */
const directory = join(import.meta.dirname, "../../node_modules/.cache/synth");
mkdirSync(directory, { recursive: true });

/** Synthesizes what `build` puts into a fresh stack, as Terraform would read it. */
export function synth(build: (stack: PlatformStack) => void): Synthesized {
  const stack = new PlatformStack(new App({ outdir: directory, stackTraces: false }), "test");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  build(stack);
  return parseStack(Testing.synth(stack, true));
}
