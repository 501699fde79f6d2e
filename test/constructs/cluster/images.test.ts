import { describe, expect, test } from "vitest";
import { ImageRepository, type ImageRepositoryProps } from "../../../constructs/cluster/image-repository.ts";
import { PullThrough } from "../../../constructs/cluster/pull-through.ts";
import { Registry } from "../../../constructs/cluster/registry.ts";
import { synth } from "../../support/synth.ts";

const KEY = "arn:aws:kms:eu-central-1:111111111111:key/images";
const PUBLISHER = "arn:aws:iam::111111111111:role/publish";
const BREAK_GLASS = "arn:aws:iam::111111111111:role/break-glass";
const guards = { publisherArns: [PUBLISHER], breakGlassArns: [BREAK_GLASS] };

const repository = (given: Partial<ImageRepositoryProps> = {}) =>
  synth((stack) => new ImageRepository(stack, "edge", { name: "platform/edge", kmsKeyArn: KEY, ...guards, ...given }));

describe("a repository of images", () => {
  test("has tags that never move, our key, a scan at each push, and stays", () => {
    expect(repository().one("aws_ecr_repository").args).toMatchObject({
      name: "platform/edge",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS", kms_key: KEY }],
      force_delete: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("may be destroyed where that is accepted", () => {
    const deletionProtection = { enabled: false, reason: "rebuilt at will", until: "2027-06-30" } as const;

    expect(repository({ deletionProtection }).one("aws_ecr_repository").args.lifecycle).toEqual({
      prevent_destroy: false,
    });
  });

  test("lets publishers push and break-glass roles delete, whatever else allows it", () => {
    const policy = JSON.parse(repository().one("aws_ecr_repository_policy").args.policy);
    const denied = (sid: string) =>
      policy.Statement.find((statement: { Sid: string }) => statement.Sid === sid) ?? expect.fail(sid);

    expect(policy.Statement.every(({ Effect, Principal }: never) => `${Effect}${Principal}` === "Deny*")).toBe(true);
    expect(denied("OnlyNamedRolesPush")).toMatchObject({
      Action: ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
      Condition: { ArnNotLike: { "aws:PrincipalArn": [PUBLISHER] } },
    });
    expect(denied("OnlyBreakGlassDeletesImages")).toMatchObject({
      Action: ["ecr:BatchDeleteImage"],
      Condition: { ArnNotLike: { "aws:PrincipalArn": [BREAK_GLASS] } },
    });
  });

  test("drops untagged images after a week, and of the others the oldest beyond five hundred", () => {
    const { rules } = JSON.parse(repository().one("aws_ecr_lifecycle_policy").args.policy);

    expect(rules.map(({ rulePriority, selection, action }: never) => ({ rulePriority, selection, action }))).toEqual([
      {
        rulePriority: 1,
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 },
        action: { type: "expire" },
      },
    ]);
  });
});

const cache = (upstream: string) =>
  synth((stack) => {
    const made = new PullThrough(stack, "quay", {
      roleName: "shop-pull-through",
      accountId: "111111111111",
      region: "eu-central-1",
      prefix: "quay",
      upstream,
      kmsKeyArn: KEY,
      ...guards,
    });
    new Registry(stack, "registry", { statements: [made.registryStatement] });
  });

describe("images of another registry", () => {
  const made = cache("quay.io");

  test("come below a prefix of ours, into repositories like our own", () => {
    const rule = made.one("aws_ecr_pull_through_cache_rule").args;
    const template = made.one("aws_ecr_repository_creation_template").args;

    expect([rule.ecr_repository_prefix, rule.upstream_registry_url]).toEqual(["quay", "quay.io"]);
    expect(rule.depends_on).toEqual(["aws_ecr_repository_creation_template.quay_template"]);
    expect(template).toMatchObject({
      prefix: "quay",
      applied_for: ["PULL_THROUGH_CACHE"],
      image_tag_mutability: "IMMUTABLE",
      encryption_configuration: [{ encryption_type: "KMS", kms_key: KEY }],
      custom_role_arn: "${aws_iam_role.quay_role_role.arn}",
    });
  });

  test("are asked for by publishers alone, so that they are scanned before a node asks", () => {
    expect(JSON.parse(made.one("aws_ecr_registry_policy").args.policy).Statement).toEqual([
      {
        Sid: "PublishersImport",
        Effect: "Allow",
        Principal: { AWS: [PUBLISHER] },
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: ["arn:aws:ecr:eu-central-1:111111111111:repository/quay/*"],
      },
    ]);
    expect(made.one("aws_ecr_registry_scanning_configuration").args).toMatchObject({
      scan_type: "ENHANCED",
      rule: [{ scan_frequency: "CONTINUOUS_SCAN", repository_filter: [{ filter: "*", filter_type: "WILDCARD" }] }],
    });
  });

  test("fails when the registry wants credentials", () => {
    expect(() => cache("registry-1.docker.io")).toThrow(
      'upstream must be one of public.ecr.aws, quay.io, registry.k8s.io, got "registry-1.docker.io"',
    );
  });
});
