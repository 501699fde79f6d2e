import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings/index.js";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface BackupOptInProps {
  /** Types as AWS Backup spells them: `RDS`, `S3`, `EFS`. */
  readonly resourceTypes: readonly string[];
  /** Provider of the region; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/**
 * The account's leave, in one region, that AWS Backup selects resources of these types by tag. Without it a plan finds
 * nothing and says nothing.
 *
 * AWS answers with every type it knows, each year more: what it answers is not compared with what is written here, or
 * every plan would show a change. A type turned off by hand shows as a backup that is too old.
 */
export class BackupOptIn extends Construct {
  /** What plans of the region must wait for. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: BackupOptInProps) {
    super(scope, id);
    this.ready = new BackupRegionSettings(this, "settings", {
      ...(props.provider === undefined ? {} : { provider: props.provider }),
      resourceTypeOptInPreference: Object.fromEntries(props.resourceTypes.map((type) => [type, true])),
      lifecycle: { ignoreChanges: ["resource_type_opt_in_preference"] },
    });
  }
}
