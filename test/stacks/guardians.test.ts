import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";

/** Who may take away what guards data: break-glass alone, and the pipeline where the environment is declared deletable. */

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate("dev", "production");
});

/** Every denial to all but break-glass roles, by its resource, with the roles that it spares. */
const breakGlassDenials = (stack: Stack): readonly (readonly [string, readonly string[]])[] =>
  stack.all().flatMap(({ address, args }) =>
    // A lifecycle of images is a policy too, and none of rights.
    typeof args.policy !== "string" || !args.policy.includes('"Statement"')
      ? []
      : Object.entries(statementsOf(args.policy))
          .filter(([sid]) => sid.startsWith("OnlyBreakGlass"))
          .map(
            ([sid, { Condition }]) =>
              [`${address} ${sid}`, Condition["ArnNotLike"]?.["aws:PrincipalArn"] ?? []] as const,
          ),
  );
const denialsOf = (environment: string) =>
  estate.stacks.filter((stack) => stack.environment === environment).flatMap(breakGlassDenials);

describe("what guards keys, backups, logs, states and secrets", () => {
  test("is weakened in production by break-glass alone", () => {
    expect(denialsOf("production").length).toBeGreaterThan(30);
    for (const [where, spared] of denialsOf("production")) {
      expect([where, spared]).toEqual([where, ["arn:aws:iam::333333333333:role/prd-plt-break-glass"]]);
    }
  });

  test("is weakened by the pipeline too where the environment is declared deletable", () => {
    expect(denialsOf("dev").map(([where]) => where)).toEqual(denialsOf("production").map(([where]) => where));
    for (const [where, spared] of denialsOf("dev")) {
      expect([where, spared]).toEqual([
        where,
        ["arn:aws:iam::111111111111:role/dev-plt-break-glass", "arn:aws:iam::111111111111:role/dev-plt-apply"],
      ]);
    }
  });

  test("holds a deleted secret 30 days, and a week where the environment is declared deletable", () => {
    const days = (environment: string) =>
      new Set(
        estate
          .stack(environment, "ticketing")
          .all("aws_secretsmanager_secret")
          .map(({ args }) => args.recovery_window_in_days),
      );
    expect(days("production")).toEqual(new Set([30]));
    expect(days("dev")).toEqual(new Set([7]));
  });
});

describe("the pipeline", () => {
  test("makes secrets under their key, and encrypts and reads no value", () => {
    const policy = statementsOf(
      resourceOf(estate.stack("production", "ticketing"), "aws_kms_key.secrets-key_key").policy,
    );
    const apply = "arn:aws:iam::333333333333:role/prd-plt-apply";
    expect(policy["NamedRolesMakeSecrets"]?.Condition["ArnLike"]).toEqual({
      "aws:PrincipalArn": [apply, "arn:aws:iam::333333333333:role/prd-plt-break-glass"],
    });
    expect(policy["NamedRolesUse"]?.Condition["ArnLike"]?.["aws:PrincipalArn"]).not.toContain(apply);
  });
});

describe("shared files", () => {
  test("are mounted by the roles of exactly the parties that have a flow to them", () => {
    const entry = estate.index.environments
      .find(({ name }) => name === "production")
      ?.services.find(({ name }) => name === "ticketing");
    const clients = entry?.flows.filter(({ to }) => to === "ticketing/uploads").map(({ from }) => from.split("/")[1]);
    const { NamedRolesMount: mount } = statementsOf(
      resourceOf(estate.stack("production", "ticketing"), "aws_efs_file_system_policy.uploads-files_policy").policy,
    );
    expect(clients).toContain("api");
    expect(mount).toMatchObject({
      Principal: { AWS: clients?.map((client) => `\${aws_iam_role.${client}-role_role.arn}`) },
    });
  });
});
