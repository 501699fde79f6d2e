import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter/index.js";
import { Construct } from "constructs";

export interface ParameterProps {
  /** `/<environment>/<service>/<name>`. */
  readonly name: string;
  readonly description: string;
  /** What only apply knows, such as the address of a database; never a secret. */
  readonly value: string;
}

/** ARN of a parameter, known before it is made: rights to it need not wait for its stack. */
export const parameterArn = (
  { region, account }: { readonly region: string; readonly account: string },
  name: string,
): string => `arn:aws:ssm:${region}:${account}:parameter${name}`;

const namePattern = /^\/[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)+$/;

/**
 * An SSM parameter that carries a value known only after apply to pods and hosts, which hold just its name.
 *
 * Refuses: a name outside `/<environment>/<service>/...`, by which roles read. Type `String`: secrets have their own
 * construct and no value in the state.
 */
export class Parameter extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ParameterProps) {
    super(scope, id);
    if (!namePattern.test(props.name)) {
      throw new Error(`${this.node.path}: name must be /<environment>/<service>/<name>, got "${props.name}"`);
    }
    const parameter = new SsmParameter(this, "parameter", {
      name: props.name,
      description: props.description,
      type: "String",
      tier: "Standard",
      value: props.value,
    });
    this.name = props.name;
    this.arn = parameter.arn;
  }
}
