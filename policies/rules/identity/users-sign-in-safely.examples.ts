import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";
const safe = { prevent_user_existence_errors: "ENABLED" };

export const examples: Examples = {
  good: [
    {
      title: "a second factor, long passwords, codes, and an application with a scheme of its own",
      resources: {
        [POOL]: { residents: { mfa_configuration: "OPTIONAL", password_policy: [{ minimum_length: 14 }] } },
        [CLIENT]: {
          web: {
            ...safe,
            explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            allowed_oauth_flows: ["code"],
            callback_urls: ["https://app.example.org/in", "org.example.app://in", "http://localhost:3000/in"],
          },
          machine: { ...safe, allowed_oauth_flows: ["client_credentials"] },
        },
      },
    },
  ],
  bad: [
    {
      title: "a pool and a client as they are by default",
      resources: { [POOL]: { residents: {} }, [CLIENT]: { web: {} } },
      finds: [
        `${POOL}.residents mfa_configuration`,
        `${POOL}.residents password_policy.minimum_length`,
        `${CLIENT}.web prevent_user_existence_errors`,
      ],
    },
    {
      title: "passwords that programs handle, tokens in addresses, and one in clear text",
      resources: {
        [CLIENT]: {
          web: {
            ...safe,
            explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            allowed_oauth_flows: ["code", "implicit"],
            callback_urls: ["http://app.example.org/in", "http://localhost.example.org/in"],
            logout_urls: ["HTTP://app.example.org/out"],
          },
        },
      },
      finds: [
        ...["explicit_auth_flows", "allowed_oauth_flows", "callback_urls", "callback_urls", "logout_urls"].map(
          (attribute) => `${CLIENT}.web ${attribute}`,
        ),
      ],
    },
  ],
  unknown: [
    {
      title: "variables decide",
      resources: {
        [POOL]: { residents: { mfa_configuration: "${var.factor}", password_policy: [{ minimum_length: 12 }] } },
        [CLIENT]: { web: { ...safe, callback_urls: ["${var.address}"] } },
      },
      finds: [`${POOL}.residents mfa_configuration`, `${CLIENT}.web callback_urls`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("sign users in by a password alone", POOL, { name: "residents" }),
];
