import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule/index.js";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template/index.js";
import { Construct } from "constructs";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";
import { ServiceRole } from "../identity/service-role.ts";
import { through } from "../keys/key-use.ts";
import { lifecyclePolicy, type RepositoryGuards, repositoryGuards } from "./image-repository.ts";

/** Upstreams from which ECR takes images without credentials. */
const upstreams = ["public.ecr.aws", "quay.io", "registry.k8s.io"];

export interface PullThroughProps extends RepositoryGuards {
  /** Of the role that makes repositories. */
  readonly roleName: string;
  readonly accountId: string;
  readonly region: string;
  /** First part of the names of what is cached, such as `quay`. */
  readonly prefix: string;
  /** Host of the registry. */
  readonly upstream: string;
  readonly kmsKeyArn: string;
}

/**
 * Images of another registry through our own: ECR fetches what is asked for below the prefix, and keeps it like ours.
 *
 * Publishers ask first, for nodes have no way out by which ECR would fetch; so a new image is scanned before it runs.
 * Refuses an upstream that wants credentials. Repositories are made by a role of our own, under our key.
 */
export class PullThrough extends Construct {
  /** What the registry's policy must allow: publishers import, and pull what they imported. */
  readonly registryStatement: ResourceStatement;

  constructor(scope: Construct, id: string, props: PullThroughProps) {
    super(scope, id);
    const { prefix, upstream, accountId, region, kmsKeyArn, publisherArns } = props;
    if (!upstreams.includes(upstream)) {
      throw new Error(`${this.node.path}: upstream must be one of ${upstreams.join(", ")}, got "${upstream}"`);
    }
    const repositories = `arn:aws:ecr:${region}:${accountId}:repository/${prefix}/*`;
    const role = new ServiceRole(this, "role", {
      name: props.roleName,
      description: `Makes repositories for images of ${upstream}`,
      trust: {
        sid: "Registry",
        effect: "Allow",
        principals: { services: ["ecr.amazonaws.com"] },
        // No condition on the source: AWS documents none for this role, and one that is not sent would let nothing in.
        actions: ["sts:AssumeRole"],
      },
      statements: [
        { sid: "MakeRepositories", actions: ["ecr:CreateRepository", "ecr:TagResource"], resources: [repositories] },
        {
          sid: "UseTheKey",
          actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
          resources: [kmsKeyArn],
          conditions: through([region], "ecr"),
        },
      ],
    });
    const template = new EcrRepositoryCreationTemplate(this, "template", {
      prefix,
      description: `Images of ${upstream}`,
      appliedFor: ["PULL_THROUGH_CACHE"],
      customRoleArn: role.arn,
      imageTagMutability: "IMMUTABLE",
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
      lifecyclePolicy: lifecyclePolicy(),
      repositoryPolicy: resourcePolicy([
        {
          sid: "PublishersPull",
          effect: "Allow",
          principals: { aws: publisherArns },
          actions: ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"],
        },
        {
          // Nodes pull what has been scanned; AWS's policy for them would let them bring in new images as well.
          sid: "OnlyPublishersImport",
          effect: "Deny",
          principals: "*",
          actions: ["ecr:BatchImportUpstreamImage"],
          conditions: { ArnNotLike: { "aws:PrincipalArn": publisherArns } },
        },
        ...repositoryGuards(props).filter(({ sid }) => sid !== "OnlyNamedRolesPush"),
      ]),
      resourceTags: { Name: prefix },
      dependsOn: [...role.permissions],
    });
    new EcrPullThroughCacheRule(this, "rule", {
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: upstream,
      dependsOn: [template],
    });
    this.registryStatement = {
      sid: "PublishersImport",
      effect: "Allow",
      principals: { aws: publisherArns },
      actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      resources: [repositories],
    };
  }
}
