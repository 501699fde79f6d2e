import { describe, expect, test } from "vitest";
import { days, hours, job, onDemand, rotated, secret } from "../../services/define.ts";
import { containers, shop, small } from "../services/resolve/small.ts";
import { resourceOf, statementsOf } from "./policies.ts";
import { synthesizeService } from "./synthesize-service.ts";

/** Roles of what runs as pods, for a small service of its own. */

const [key, login] = [
  secret("signing-key", "signs orders", rotated(days(80))),
  secret("db-night", "reads orders at night", rotated(days(80))),
];
const site = containers("site", { environment: { KEY: key } });
const quiet = containers("quiet");
const night = job("night", {
  why: "counts orders",
  on: quiet,
  command: ["count"],
  schedule: onDemand,
  limit: hours(1),
  environment: { PASSWORD: login },
});
const stack = synthesizeService(
  shop({ components: [site, quiet], jobs: [night], secrets: [key, login], entrypoints: [] }),
  small,
);

describe("what runs as pods", () => {
  test("has a role of its own where it has a right at AWS, a job apart from its component, and none without", () => {
    expect(
      stack
        .all("aws_eks_pod_identity_association")
        .map(({ args }) => [args.cluster_name, args.namespace, args.service_account, args.role_arn]),
    ).toEqual(
      ["night", "site"].map((name) => [
        "${data.terraform_remote_state.cluster.outputs.name}",
        "shop",
        name,
        `\${aws_iam_role.${name}-role_role_role.arn}`,
      ]),
    );
    expect(stack.all("aws_iam_role").map(({ args }) => args.name)).toEqual(["tst-shp-night", "tst-shp-site"]);
  });

  test("reads its own secrets and no other", () => {
    const readable = (name: string) =>
      statementsOf(resourceOf(stack, `aws_iam_role_policy.${name}-role_role_policy`).policy)["OwnSecrets"]?.Resource;

    expect([readable("site"), readable("night")]).toEqual([
      ["${aws_secretsmanager_secret.signing-key_secret.arn}"],
      ["${aws_secretsmanager_secret.db-night_secret.arn}"],
    ]);
  });
});
