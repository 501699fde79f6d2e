import { EcrRegistryPolicy } from "@cdktf/provider-aws/lib/ecr-registry-policy/index.js";
import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration/index.js";
import { Construct } from "constructs";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";

export interface RegistryProps {
  /** What others than the owners of repositories may do in the registry. */
  readonly statements: readonly ResourceStatement[];
}

/**
 * What holds for all images of the account: each is scanned by Amazon Inspector, its operating system and the packages of
 * its languages, when it is pushed and again whenever a vulnerability becomes known.
 */
export class Registry extends Construct {
  constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    new EcrRegistryScanningConfiguration(this, "scanning", {
      scanType: "ENHANCED",
      rule: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilter: [{ filter: "*", filterType: "WILDCARD" }] }],
    });
    new EcrRegistryPolicy(this, "policy", { policy: resourcePolicy(props.statements) });
  }
}
