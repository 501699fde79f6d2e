import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository/index.js";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";

/** Who may change what is in a repository. */
export interface RepositoryGuards {
  /** ARNs of the only roles that push; they are there before. */
  readonly publisherArns: readonly string[];
  /** ARN patterns of the only roles that delete images, which may be running. */
  readonly breakGlassArns: readonly string[];
}

export interface ImageRepositoryProps extends RepositoryGuards {
  /** Such as `platform/edge`. */
  readonly name: string;
  readonly kmsKeyArn: string;
  /** Default: Terraform refuses to destroy the repository. */
  readonly deletionProtection?: OptOut;
}

/** Days after which an image that no tag names is gone: a push that was broken off, or built by a cache. */
const UNTAGGED_DAYS = 7;
/** Images that stay. They go by age, whatever runs: with so many, none that runs is among the oldest. */
const KEPT = 500;

/** What goes by itself: untagged images after a week, and the oldest beyond so many. */
export const lifecyclePolicy = (): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `Untagged images go after ${UNTAGGED_DAYS} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: UNTAGGED_DAYS,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `The newest ${KEPT} stay`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: KEPT },
        action: { type: "expire" },
      },
    ],
  });

/** Denials only: whom they spare still needs the permission in his own IAM policy. */
export function repositoryGuards({ publisherArns, breakGlassArns }: RepositoryGuards): readonly ResourceStatement[] {
  const everyone = { effect: "Deny", principals: "*" } as const;
  return [
    {
      sid: "OnlyNamedRolesPush",
      ...everyone,
      actions: ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": publisherArns } },
    },
    {
      sid: "OnlyBreakGlassDeletesImages",
      ...everyone,
      actions: ["ecr:BatchDeleteImage"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": breakGlassArns } },
    },
  ];
}

/**
 * A repository of images whose tags never move, under our key, scanned at each push.
 *
 * Refuses: pushes and deletion by roles not named, a second image under a tag, destruction by Terraform, and with images
 * in it even where it may be destroyed. What is no longer needed goes by its lifecycle.
 */
export class ImageRepository extends Construct {
  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name: props.name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.kmsKeyArn }],
      forceDelete: false,
      tags: { Name: props.name },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    new EcrRepositoryPolicy(this, "policy", {
      repository: repository.name,
      policy: resourcePolicy(repositoryGuards(props)),
    });
    new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: lifecyclePolicy() });
  }
}
