import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { isTemplate } from "../terraform/expression.ts";
import { isUnknown } from "../value.ts";

/** Something that may hold what proves who someone is for as long as nobody takes it away. */
export interface StoredKey {
  readonly at: Place;
  readonly attribute: string;
  /** What it is. Absent: it holds none. */
  readonly what: string | undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "an access key",
  aws_iam_service_specific_credential: "a service's password",
  aws_iam_signing_certificate: "a signing certificate",
  aws_iam_user_login_profile: "a password of the console",
  aws_iam_user_ssh_key: "a key of SSH",
  aws_lightsail_key_pair: "a key of SSH",
};

const SETTINGS = ["access_key", "secret_key", "token"];

/** Keys that resources make, and keys that providers are given. An inactive access key is none. */
export const storedKeys = kind<StoredKey>("stored key", ({ terraform }) => [
  ...Object.entries(KINDS).flatMap(([type, what]) =>
    terraform.ofType(type).map((resource) => {
      const { block } = resource;
      const user = block.text("user") ?? block.text("user_name") ?? block.text("username");
      const whose = isUnknown(user) ? user.expression : user;
      return {
        at: placeOfResource(resource),
        attribute: "user",
        what: block.text("status") === "Inactive" ? undefined : `${what} of ${whose ?? "someone"}`,
      };
    }),
  ),
  ...terraform.documents.flatMap(({ providers, stack, source }) =>
    [...providers].flatMap(([name, settings]) =>
      SETTINGS.map((attribute) => ({
        at: { resource: `provider.${name}`, stack, source },
        attribute,
        what: isWritten(settings[attribute]) ? "a key in the configuration" : undefined,
      })),
    ),
  ),
]);

/** Whether a key stands there, and not where to take it from. */
const isWritten = (value: unknown): boolean => typeof value === "string" && value !== "" && !isTemplate(value);
