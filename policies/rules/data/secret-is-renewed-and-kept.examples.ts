import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";

const secret = (more: JsonObject = {}) => ({
  aws_secretsmanager_secret: { login: { name: "example/login", ...more } },
});
const rotated = (days: number | string) => ({
  aws_secretsmanager_secret_rotation: {
    login: { secret_id: "${aws_secretsmanager_secret.login.id}", rotation_rules: { automatically_after_days: days } },
  },
});
const declared: Partial<Declaration> = {
  services: [
    {
      ...{ name: "example", components: [], stores: [], entrypoints: [], flows: [], egress: [], backups: [] },
      secrets: [
        {
          name: "login",
          fullName: "example/login",
          why: "signs in",
          rotation: "runbook",
          rotationDays: 80,
          consumers: [],
        },
      ],
    },
  ],
};
const DAYS = "aws_secretsmanager_secret.login rotation_rules.automatically_after_days";

export const examples: Examples = {
  good: [
    { title: "renewed each month by a machine", resources: { ...secret(), ...rotated(30) } },
    { title: "renewed by a runbook, as is declared", resources: secret(), declaration: declared },
  ],
  bad: [
    { title: "never renewed", resources: secret(), finds: ["aws_secretsmanager_secret.login rotation"] },
    {
      title: "renewed each year, and gone at once",
      resources: { ...secret({ recovery_window_in_days: 0 }), ...rotated(365) },
      finds: ["aws_secretsmanager_secret.login recovery_window_in_days", DAYS],
    },
    {
      title: "renewed more seldom than is declared",
      resources: { ...secret(), ...rotated(90) },
      declaration: declared,
      finds: [DAYS],
    },
    {
      title: "a secret that the catalogue does not know",
      resources: secret({ name: "other" }),
      declaration: declared,
      finds: ["aws_secretsmanager_secret.login rotation"],
    },
  ],
  unknown: [
    { title: "a variable says the days", resources: { ...secret(), ...rotated("${var.days}") }, finds: [DAYS] },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_secretsmanager_secret", "let a secret be gone at once", (secret) => ({
    ...secret,
    recovery_window_in_days: 0,
  })),
  onResource("aws_secretsmanager_secret", "make one that nobody declared", (secret) => ({
    ...secret,
    name: "production/other",
  })),
];
