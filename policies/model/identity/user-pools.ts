import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Value } from "../value.ts";

/** Something that a pool of users, or a program that signs them in, says of signing in. */
export interface SignIn {
  readonly at: Place;
  readonly attribute: string;
  /** What is said, or what AWS takes it to be. */
  readonly value: Value<string | number>;
  readonly expected: string;
  readonly fine: (value: string | number) => boolean;
}

type Said = Omit<SignIn, "at">;

/** Flows in which a password, or a token, passes where others see it. */
const OPEN_FLOWS: ReadonlySet<string> = new Set([
  ...["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
]);

/** Pools of users of Cognito and their clients (developer guide, "Security best practices", November 2025). */
export const signIns = kind<SignIn>("way to sign in", ({ terraform }) =>
  [
    ...terraform.ofType("aws_cognito_user_pool").map((resource) => ({ resource, said: ofPool(resource.block) })),
    ...terraform
      .ofType("aws_cognito_user_pool_client")
      .map((resource) => ({ resource, said: ofClient(resource.block) })),
  ].flatMap(({ resource, said }) => said.map((each) => ({ at: placeOfResource(resource), ...each }))),
);

const ofPool = (block: Block): readonly Said[] => [
  {
    attribute: "mfa_configuration",
    value: block.text("mfa_configuration") ?? "OFF",
    expected: "ON or OPTIONAL",
    fine: (value) => value === "ON" || value === "OPTIONAL",
  },
  {
    attribute: "password_policy.minimum_length",
    value: block.block("password_policy")?.number("minimum_length") ?? 8,
    expected: "12 or more",
    fine: (value) => Number(value) >= 12,
  },
];

const ofClient = (block: Block): readonly Said[] => [
  {
    attribute: "prevent_user_existence_errors",
    value: block.text("prevent_user_existence_errors") ?? "LEGACY",
    expected: "ENABLED: answers do not tell who has an account",
    fine: (value) => value === "ENABLED",
  },
  ...block.texts("explicit_auth_flows").map((value) => ({
    attribute: "explicit_auth_flows",
    value,
    expected: "ALLOW_USER_SRP_AUTH: the password stays with the user",
    fine: (flow: string | number) => !OPEN_FLOWS.has(String(flow)),
  })),
  ...block.texts("allowed_oauth_flows").map((value) => ({
    attribute: "allowed_oauth_flows",
    value,
    expected: "code: tokens stand in no address",
    fine: (flow: string | number) => flow !== "implicit",
  })),
  ...["callback_urls", "logout_urls", "default_redirect_uri"].flatMap((attribute) =>
    block.texts(attribute).map((value) => ({ attribute, value, expected: "https://", fine: isEncrypted })),
  ),
];

/** HTTPS, an application's own scheme, or a program on the user's machine. */
const isEncrypted = (url: string | number): boolean =>
  !/^http:/i.test(String(url)) || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i.test(String(url));
