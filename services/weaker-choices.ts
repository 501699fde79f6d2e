import type { Environment } from "./schema/environment.ts";
import type { Service } from "./schema/service.ts";
import type { Acceptance } from "./schema/units.ts";

/** A choice weaker than the default, and where it stands: `message-broker/components/main/single`. */
export interface WeakerChoice extends Acceptance {
  readonly path: string;
}

/** Every weaker choice of a catalogue: what validation judges by its date, and what a waiver may refer to. */
export const weakerChoices = (
  services: readonly Service[],
  environments: readonly Environment[],
): readonly WeakerChoice[] => [
  ...services.flatMap(({ name: service, components, entrypoints }) => [
    ...components.flatMap((component) =>
      component.kind === "hosts" ? at(`${service}/components/${component.name}/single`, component.single) : [],
    ),
    ...entrypoints.flatMap((entrypoint) =>
      entrypoint.kind === "web"
        ? entrypoint.counted.flatMap((rule) =>
            at(`${service}/entrypoints/${entrypoint.name}/counted/${rule.rule}`, rule),
          )
        : [],
    ),
  ]),
  ...environments.flatMap(({ name, unprotected }) => at(`environments/${name}/unprotected`, unprotected)),
];

const at = (path: string, choice: Acceptance | undefined): readonly WeakerChoice[] =>
  choice === undefined ? [] : [{ path, reason: choice.reason, until: choice.until }];
