import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** Folders of outputs that copies are made of. */
const PARTS = ["terraform", "helm", "ansible"] as const;

/** So many copies of production as environments of their own, below a folder: links, which cost no disk. */
export function copiesOf(artefacts: string, copies: number, folder: string): string {
  for (const part of PARTS) {
    const source = resolve(artefacts, part, "production");
    if (!existsSync(source)) continue;
    mkdirSync(join(folder, part), { recursive: true });
    for (let copy = 0; copy < copies; copy++) symlinkSync(source, join(folder, part, `production-${copy}`));
  }
  return folder;
}

/** One plan with every resource of production's states, or as many as asked for: what both programs can read. */
export function planOf(artefacts: string, most: number, file: string): string {
  const states = join(artefacts, "terraform/production");
  const resources = readdirSync(states).flatMap((stack) => {
    const { resource } = JSON.parse(readFileSync(join(states, stack, "cdk.tf.json"), "utf8")) as { resource: Json };
    return Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named as Json).map(([name, values]) => ({
        address: `${type}.${stack}_${name}`,
        mode: "managed",
        type,
        name: `${stack}_${name}`,
        provider_name: "registry.terraform.io/hashicorp/aws",
        schema_version: 0,
        values: asPlanned(values as Json),
      })),
    );
  });
  const chosen = resources.slice(0, most);
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: chosen } },
    resource_changes: chosen.map(({ values, schema_version: _, ...each }) => ({
      ...each,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: {
      root_module: { resources: chosen.map(({ values: _, ...each }) => ({ ...each, expressions: {} })) },
    },
  };
  writeFileSync(file, JSON.stringify(plan));
  return file;
}

/** Blocks as plans have them: lists. A map, such as tags, has texts only. */
const asPlanned = (values: Json): Json =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !["provider", "lifecycle", "depends_on", "//"].includes(name))
      .map(([name, value]) => [name, isBlock(value) ? [asPlanned(value)] : value]),
  );

const isBlock = (value: unknown): value is Json =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).some((each) => typeof each !== "string");
