import { expect, it } from "vitest";
import { PermissionsBoundary } from "../../../constructs/identity/permissions-boundary.ts";
import { synth } from "../../support/synth.ts";

const denials = [{ sid: "KeepsKeys", actions: ["kms:DisableKey"] }];
const common = { name: "shop-boundary", description: "The most that the shop can do", denials };

it("a permissions boundary is a policy without a path that allows all but what is denied, and is never destroyed", () => {
  const { policy, ...rest } = synth((scope) => void new PermissionsBoundary(scope, "boundary", common)).one(
    "aws_iam_policy",
  ).args;

  expect(rest).toEqual({
    name: "shop-boundary",
    description: "The most that the shop can do",
    tags: { Name: "shop-boundary" },
    lifecycle: { prevent_destroy: true },
  });
  expect(JSON.parse(policy).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(["AllElse", "KeepsKeys"]);
});

it("a permissions boundary can be destroyed only with a stated reason", () => {
  const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
  const stack = synth((scope) => void new PermissionsBoundary(scope, "boundary", { ...common, deletionProtection }));

  expect(stack.one("aws_iam_policy").args.lifecycle).toEqual({ prevent_destroy: false });
});
