import type { Estate } from "../../model/estate.ts";
import type { Resource } from "../../model/terraform/resource.ts";
import { undeniedClearText } from "../../model/tls/clear-text-denial.ts";
import { guardedResources } from "../../model/tls/resource-policies.ts";
import { isUnknown } from "../../model/value.ts";

/** Whether the policy of the file system behind a mount target refuses clients without TLS. */
export function filesRefuseClear(estate: Estate, target: Resource | undefined): boolean {
  const system = estate.terraform.find(target?.block.text("file_system_id"), "aws_efs_file_system");
  const guarded = estate.of(guardedResources).find(({ resource }) => resource === system);
  const policy = guarded?.policy;
  if (guarded === undefined || policy === undefined || isUnknown(policy)) return false;
  return undeniedClearText(guarded, policy).length === 0;
}
