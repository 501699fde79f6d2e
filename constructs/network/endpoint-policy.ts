/** Whose requests an endpoint carries, and to whose resources. */
export interface Perimeter {
  readonly region: string;
  /** The account of this VPC: its principals reach its resources. */
  readonly accountId: string;
  /** Registries of other accounts that images are pulled from, such as that of the EKS add-ons. */
  readonly registryAccountIds: readonly string[];
}

/** The mail submission endpoint takes no policy: AWS refuses one. */
const withoutPolicy = ["email-smtp"];

/**
 * Policy of the endpoint of a service as JSON, or undefined where AWS takes none.
 *
 * Principals of this account reach resources of this account, so neither stolen data nor foreign credentials travel by
 * it. Each exception is read-only and documented by AWS: `s3` image layers of ECR (signed by ECR, so without a principal
 * of ours) and what Systems Manager's agent reads; `ssm` the documents and public parameters AWS owns;
 * `ecr` pulls from the named registries.
 */
export function endpointPolicy(service: string, perimeter: Perimeter): string | undefined {
  if (withoutPolicy.includes(service)) {
    return undefined;
  }
  const { accountId } = perimeter;
  const own = {
    Sid: "OwnPrincipalsToOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [own, ...exceptions(service, perimeter)] });
}

function exceptions(service: string, { region, accountId, registryAccountIds }: Perimeter): readonly object[] {
  const ownPrincipal = { "aws:PrincipalAccount": accountId };
  const allow = { Effect: "Allow", Principal: "*" };
  switch (service) {
    case "s3":
      return [
        {
          Sid: "ReadObjectsAwsOwns",
          ...allow,
          Action: "s3:GetObject",
          Resource: awsBuckets(region).map((bucket) => `arn:aws:s3:::${bucket}/*`),
        },
      ];
    case "ssm":
      return [
        {
          Sid: "ReadDocumentsAwsOwns",
          ...allow,
          Action: ["ssm:Describe*", "ssm:Get*", "ssm:List*"],
          Resource: [`arn:aws:ssm:${region}::document/*`, `arn:aws:ssm:${region}::parameter/aws/*`],
          Condition: { StringEquals: ownPrincipal },
        },
      ];
    case "ecr.api":
    case "ecr.dkr":
      return registryAccountIds.length === 0
        ? []
        : [
            {
              Sid: "PullFromNamedRegistries",
              ...allow,
              Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
              Resource: registryAccountIds.map((id) => `arn:aws:ecr:${region}:${id}:repository/*`),
              Condition: { StringEquals: ownPrincipal },
            },
          ];
    default:
      return [];
  }
}

function awsBuckets(region: string): readonly string[] {
  return [
    `prod-${region}-starport-layer-bucket`,
    `aws-ssm-${region}`,
    `amazon-ssm-${region}`,
    `${region}-birdwatcher-prod`,
    `aws-ssm-document-attachments-${region}`,
    `patch-baseline-snapshot-${region}`,
  ];
}
