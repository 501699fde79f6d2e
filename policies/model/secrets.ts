import type { DeclaredSecret } from "./declaration.ts";
import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Resource } from "./terraform/resource.ts";
import { known, type Value } from "./value.ts";

/** A secret of Secrets Manager. */
export interface Secret {
  readonly at: Place;
  readonly resource: Resource;
  readonly name: Value<string> | undefined;
  /** Days in which its deletion can be taken back. */
  readonly recoveryDays: Value<number>;
  /** Days after which it is renewed by a machine; absent: never. */
  readonly rotation: Value<number> | undefined;
  /** What the catalogue says of it. */
  readonly declared: DeclaredSecret | undefined;
}

/** Every secret. */
export const secrets = kind<Secret>("secret", ({ terraform, declaration }) => {
  const rotations = new Map(
    terraform
      .ofType("aws_secretsmanager_secret_rotation")
      .map((each) => [terraform.find(each.block.text("secret_id"), "aws_secretsmanager_secret"), each]),
  );
  const declared = new Map(
    (declaration?.services ?? []).flatMap(({ secrets }) => secrets.map((each) => [each.fullName, each])),
  );
  return terraform.ofType("aws_secretsmanager_secret").map((resource) => {
    const { block } = resource;
    const name = block.text("name");
    const rules = (rotations.get(resource)?.block ?? block).block("rotation_rules");
    return {
      at: placeOfResource(resource),
      resource,
      name,
      recoveryDays: block.number("recovery_window_in_days") ?? 30,
      rotation: rules?.number("automatically_after_days"),
      declared: declared.get(known(name) ?? ""),
    };
  });
});
