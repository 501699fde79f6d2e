import { beforeAll, describe, expect, test } from "vitest";
import { statefulTypes } from "../../scripts/ledger/stateful-types.ts";
import { catalogue } from "../../services/catalogue.ts";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import type { Resource } from "../support/synth.ts";

/** What guards resources against being destroyed, besides the ledger: Terraform's own refusal, and that of AWS. */

/** The argument by which AWS refuses to delete a resource, or keeps what it held, of every type that has one. */
const protections: Readonly<Record<string, object>> = {
  aws_acmpca_certificate_authority: { permanent_deletion_time_in_days: 30 },
  aws_cloudwatch_log_group: { deletion_protection_enabled: true },
  aws_ebs_volume: { final_snapshot: true },
  aws_ecr_repository: { force_delete: false },
  aws_eks_cluster: { deletion_protection: true },
  aws_instance: { disable_api_termination: true },
  aws_kms_key: { deletion_window_in_days: 30 },
  aws_lb: { enable_deletion_protection: true },
  aws_networkfirewall_firewall: {
    delete_protection: true,
    firewall_policy_change_protection: true,
    subnet_change_protection: true,
  },
  aws_rds_cluster: { deletion_protection: true, delete_automated_backups: false, skip_final_snapshot: false },
  aws_route53_resolver_firewall_rule_group_association: { mutation_protection: "ENABLED" },
  aws_route53_zone: { force_destroy: false },
  aws_s3_bucket: { force_destroy: false },
  aws_secretsmanager_secret: { recovery_window_in_days: 30 },
};

/** Environments whose resources are not declared deletable. */
const guarded = catalogue.environments.filter(({ unprotected }) => unprotected === undefined).map(({ name }) => name);

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate(...guarded);
});

/** Address and stack of each resource that something is wrong with. */
const places = (wrong: (resource: Resource) => boolean): readonly string[] =>
  estate.stacks.flatMap((stack) =>
    stack
      .all()
      .filter(wrong)
      .map(({ address }) => `${stack.environment}/${stack.name}/${address}`),
  );

describe("in an environment that is not declared deletable", () => {
  test("staging and production are meant", () => {
    expect(guarded).toEqual(["staging", "production"]);
  });

  test("Terraform refuses to destroy every stateful resource", () => {
    const unguarded = places(
      ({ type, args }) =>
        statefulTypes[type] !== undefined &&
        statefulTypes[type].onlyWhereReferredTo !== true &&
        args.lifecycle?.prevent_destroy !== true,
    );

    expect(unguarded).toEqual([]);
  });

  test.each(Object.entries(protections))("AWS keeps every %s: %j", (type, wanted) => {
    expect(places((resource) => resource.type === type)).not.toEqual([]);
    expect(
      places(
        (resource) =>
          resource.type === type && Object.entries(wanted).some(([name, value]) => resource.args[name] !== value),
      ),
    ).toEqual([]);
  });

  test("nothing is left out that could refuse deletion", () => {
    const arguments_ = estate.stacks.flatMap((stack) =>
      stack.all().flatMap(({ type, args }) => Object.keys(args).map((name) => [type, name] as const)),
    );
    const missed = arguments_.filter(
      ([type, name]) =>
        /delet\w*_protection|disable_api_termination|mutation_protection/.test(name) && !protections[type],
    );

    expect(missed).toEqual([]);
  });
});
