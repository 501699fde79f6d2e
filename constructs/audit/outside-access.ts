import { AccessanalyzerAnalyzer } from "@cdktf/provider-aws/lib/accessanalyzer-analyzer/index.js";
import { Construct } from "constructs";

export interface OutsideAccessProps {
  readonly name: string;
}

/**
 * Access Analyzer for what principals outside the account can reach in this region; free of charge.
 *
 * Not for unused rights: that is paid for each role and month, and says of a platform written as code what its tests
 * and reviews say sooner.
 */
export class OutsideAccess extends Construct {
  constructor(scope: Construct, id: string, { name }: OutsideAccessProps) {
    super(scope, id);
    new AccessanalyzerAnalyzer(this, "analyzer", { analyzerName: name, type: "ACCOUNT", tags: { Name: name } });
  }
}
