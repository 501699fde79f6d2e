import { TerraformElement, TerraformStack } from "cdktf";
import type { Node } from "constructs";

/**
 * A stack whose resource addresses are the construct path without a hash: `aws_instance.database_a_host`.
 *
 * Reviewers read these addresses in plans and the ledger of stateful resources records them, so they are a contract.
 * Refuses construct ids with an underscore: it joins the path, so two paths can never give one address.
 */
export class PlatformStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const broken = path.find((id) => !/^[A-Za-z][A-Za-z0-9-]*$/.test(id));
    if (broken !== undefined) {
      throw new Error(`${node.path}: construct id must be letters, digits and hyphens, got "${broken}"`);
    }
    return path.join("_");
  }
}
