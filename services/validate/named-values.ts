import type { Service } from "../schema/service.ts";
import type { Value, Values } from "../schema/value.ts";

/** A value with the way to it. */
export interface NamedValue {
  readonly path: string;
  readonly key: string;
  readonly value: Value;
}

const named = (path: string, values: Values): readonly NamedValue[] =>
  Object.entries(values).map(([key, value]) => ({ path: `${path}/${key}`, key, value }));

/** Every environment variable and configuration key of a service, secret files included. */
export const namedValues = (service: Service): readonly NamedValue[] => [
  ...service.components.flatMap((component) => {
    const path = `${service.name}/components/${component.name}`;
    return component.kind === "pods"
      ? named(`${path}/environment`, component.environment)
      : component.units.flatMap((unit) => [
          ...named(`${path}/units/${unit.name}/environment/values`, unit.environment.values),
          ...Object.entries(unit.files ?? {}).flatMap(([file, values]) =>
            named(`${path}/units/${unit.name}/files/${file}`, values),
          ),
          ...named(`${path}/units/${unit.name}/secretFiles`, unit.secretFiles ?? {}),
        ]);
  }),
  // A job of pods may have its component's own values.
  ...service.jobs.flatMap((job) =>
    job.on.kind === "pods" && job.environment === job.on.environment
      ? []
      : named(`${service.name}/jobs/${job.name}/environment`, job.environment),
  ),
];

/** The pieces of a value: a template opened, anything else itself. */
export const piecesOf = (value: Value): readonly Exclude<Value, { kind: "template" }>[] =>
  typeof value === "object" && value.kind === "template"
    ? value.parts
    : [value as Exclude<Value, { kind: "template" }>];
