import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account/index.js";
import { SecurityhubStandardsSubscription } from "@cdktf/provider-aws/lib/securityhub-standards-subscription/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

const standards = {
  "aws-practices": "standards/aws-foundational-security-best-practices/v/1.0.0",
  cis: "standards/cis-aws-foundations-benchmark/v/3.0.0",
} as const;

export interface SecurityStandardsProps {
  readonly region: string;
  /** Default: Terraform refuses to turn it off, and to lose every finding with it. */
  readonly deletionProtection?: OptOut;
}

/**
 * Security Hub of an account and region, with AWS's own practices and the CIS benchmark. It needs a recorder of Config.
 *
 * One finding for a control, whichever standards hold it; new controls are judged as AWS adds them. It takes GuardDuty's
 * and Access Analyzer's findings in by itself. Where Security Hub is on already, import it.
 */
export class SecurityStandards extends Construct {
  constructor(scope: Construct, id: string, { region, deletionProtection }: SecurityStandardsProps) {
    super(scope, id);
    const hub = new SecurityhubAccount(this, "hub", {
      // Else AWS chooses standards, and Terraform knows nothing of them.
      enableDefaultStandards: false,
      autoEnableControls: true,
      controlFindingGenerator: "SECURITY_CONTROL",
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, deletionProtection) },
    });
    for (const [name, standard] of Object.entries(standards)) {
      new SecurityhubStandardsSubscription(this, name, {
        standardsArn: `arn:aws:securityhub:${region}::${standard}`,
        dependsOn: [hub],
      });
    }
  }
}
