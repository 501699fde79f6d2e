import type { AgentPackage } from "../constructs/identity/ssm-agent.ts";
import { bucketName, PLATFORM } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";

/** The bucket that hosts install from; the vault stack makes it. */
export const packageBucketName = (environment: Environment): string => bucketName(environment, PLATFORM, "packages");

/** Where the agent of first boot lies in that bucket. */
export const agentPackage = (environment: Environment): AgentPackage => ({
  bucket: packageBucketName(environment),
  key: `amazon-ssm-agent/${environment.ssmAgent.version}/amazon-ssm-agent_arm64.deb`,
  sha256: environment.ssmAgent.sha256,
});
