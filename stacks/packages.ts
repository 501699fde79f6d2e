import { PackageBucket } from "../constructs/data/package-bucket.ts";
import { bucketArn } from "../constructs/data/private-bucket.ts";
import type { AgentPackage } from "../constructs/identity/ssm-agent.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole, PLATFORM, packageBucketName, resourceName } from "../services/names.ts";
import { hostRoles, type ResolvedService } from "../services/resolve.ts";
import type { Environment } from "../services/schema/environment.ts";
import type { Service } from "../services/schema/service.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { deletable, guardians } from "./stack.ts";

/** Where the agent of first boot lies in that bucket. */
export const agentPackage = (environment: Environment): AgentPackage => ({
  bucket: packageBucketName(environment),
  key: `amazon-ssm-agent/${environment.ssmAgent.version}/amazon-ssm-agent_arm64.deb`,
  sha256: environment.ssmAgent.sha256,
});

/**
 * Objects that hosts of a service install: Debian's packages from the mirrored repository, whose index is signed, and the
 * service's own releases. Keys are known from the index or the release, so nobody needs to list the bucket.
 */
export const installable = (environment: Environment, service: Service): readonly string[] =>
  ["debian", service.name].map((prefix) => `${bucketArn(packageBucketName(environment))}/${prefix}/*`);

/** The bucket, which hosts read through the storage endpoint alone. Returns the ARN of its key. */
export function makePackages(
  stack: PlatformStack,
  environment: Environment,
  services: readonly ResolvedService[],
  { accessLogBucket, endpointId }: { readonly accessLogBucket: string; readonly endpointId: string },
): string {
  const readerArns = hostRoles(services);
  const publisher = administrativeRole(environment, "publish");
  const key = new EncryptionKey(stack, "packages-key", {
    aliasName: resourceName(environment, PLATFORM, "packages"),
    description: "Packages that hosts install",
    accountId: environment.account,
    region: environment.region,
    userArns: [...readerArns, publisher],
    usedThrough: ["s3"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  new PackageBucket(stack, "packages", {
    bucketName: packageBucketName(environment),
    kmsKeyArn: key.arn,
    accessLogBucketName: accessLogBucket,
    endpointIds: [endpointId],
    readerArns,
    publisherArns: [publisher],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  return key.arn;
}
