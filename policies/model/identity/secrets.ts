import type { DeclaredSecret } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import { shortOf } from "../governance/names.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { Statement } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { lastNameOf } from "./accounts.ts";
import { allowsAction, isAllow } from "./reach.ts";

/** A declared secret, and who can read it. */
export interface ReadSecret {
  readonly at: Place;
  readonly resource: Resource;
  /** Names of roles that are declared to read it. */
  readonly consumers: readonly string[];
  /** Names of roles that its own policy spares when it denies reading; absent: it denies it to nobody. */
  readonly spared: readonly Value<string>[] | undefined;
}

const READ = "secretsmanager:GetSecretValue";

/** Secrets of the declaration, by their names. */
export const readSecrets = kind<ReadSecret>("secret", (estate) => {
  const { terraform, declaration } = estate;
  const declared = new Map(
    (declaration?.services ?? []).flatMap(({ secrets }) => secrets.map((each) => [each.fullName, each])),
  );
  const policies = new Map(
    terraform
      .ofType("aws_secretsmanager_secret_policy")
      .map((each) => [terraform.find(each.block.text("secret_arn"), "aws_secretsmanager_secret"), each]),
  );
  return terraform.ofType("aws_secretsmanager_secret").flatMap((resource) => {
    const name = resource.block.text("name");
    const secret = typeof name === "string" ? declared.get(name) : undefined;
    if (secret === undefined) return [];
    const spared = sparedBy(policies.get(resource) ?? resource);
    return [{ at: placeOfResource(resource), resource, consumers: rolesOf(secret, estate), spared }];
  });
});

/** Roles are called after what they are of: `prd-nod-backend` of `desktop-backend/backend`. */
function rolesOf({ consumers }: DeclaredSecret, { declaration }: Estate): readonly string[] {
  const codes = new Map((declaration?.services ?? []).map(({ name, code }) => [name, code]));
  return consumers.map((party) => {
    const [service = "", part] = party.split("/");
    return `${shortOf(declaration)}-${codes.get(service) ?? service}-${part}`;
  });
}

function sparedBy({ block }: Resource): readonly Value<string>[] | undefined {
  const document = policyDocument(block, "policy");
  if (document === undefined || isUnknown(document)) return undefined;
  const denials = document.statements.filter((each) => !isAllow(each) && allowsAction(each.actions, READ));
  return denials.map(sparedIn).find((each) => each !== undefined);
}

/** Whom a denial for everyone spares, when it asks nothing else. */
function sparedIn({ principals, conditions }: Statement): readonly Value<string>[] | undefined {
  const [only, ...more] = conditions;
  const isForAll = principals !== undefined && !principals.except && principals.all.some(({ who }) => who === "*");
  const isByName = only?.key === "aws:principalarn" && /^(?:Arn|String)Not(?:Equals|Like)$/.test(only.operator);
  if (!isForAll || !isByName || more.length > 0) return undefined;
  return only.values.map((each) => (isUnknown(each) ? each : lastNameOf(each)));
}
