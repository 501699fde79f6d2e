import type { AgentPackage } from "../constructs/identity/ssm-agent.ts";
import { bucketName, PLATFORM } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import type { Service } from "../services/schema/service.ts";

/** The bucket that hosts install from; the vault stack makes it. */
export const packageBucketName = (environment: Environment): string => bucketName(environment, PLATFORM, "packages");

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
  ["debian", service.name].map((prefix) => `arn:aws:s3:::${packageBucketName(environment)}/${prefix}/*`);
