import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set/index.js";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl/index.js";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ApplicationLoadBalancer } from "./application-load-balancer.ts";
import { type CountedRule, type RateClass, visibility, webAclRules } from "./web-acl-rules.ts";

/** Paths that only some addresses reach. */
export interface NarrowedPaths {
  /** Lower-case word, part of the resource's address. */
  readonly name: string;
  readonly paths: readonly string[];
  /** IPv4 ranges; everybody else is answered 404. */
  readonly ranges: readonly string[];
}

export interface WebAclProps {
  readonly name: string;
  /** A load balancer; or a distribution, which names the list itself: all of it then lives in us-east-1. */
  readonly protects: Pick<ApplicationLoadBalancer, "arn"> | { readonly distributionIn: TerraformProvider };
  /** At least one, so that no public entry is without a flood limit; at most 20, most specific first. */
  readonly rateClasses: readonly RateClass[];
  /** At most 7; default none. The firewall sees paths as the application does; a load balancer compares them as written. */
  readonly narrowed?: readonly NarrowedPaths[];
  /** Paths that nobody reaches, answered 404; default none. */
  readonly hidden?: readonly string[];
  /** Paths (`/api/files/*`) whose bodies may be larger than the firewall sees; default none. */
  readonly uploadPaths?: readonly string[];
  /** Log group or bucket; AWS wants its name to start with `aws-waf-logs-`. */
  readonly logs: { readonly name: string; readonly arn: string };
  /** Refuses hosting providers, VPNs and Tor too. Default off: offices and clouds are legitimate clients. */
  readonly refuseAnonymousAddresses?: boolean;
  /** Bot control, charged per request. Default off. */
  readonly botControl?: "COMMON" | "TARGETED";
  /** Managed rules that only count; default none. */
  readonly counted?: readonly CountedRule[];
}

/** Header names whose values open doors: kept out of logs and of sampled requests. */
const credentials = ["authorization", "cookie", "x-api-key"];

/**
 * A web ACL in front of one load balancer or distribution: managed rules of AWS, rate limits per class of paths, a body
 * limit off the upload paths, full logs.
 *
 * Refuses no rate class, duplicate ones, narrowed paths without ranges, a log destination AWS would not take, a counted rule without reason and day.
 * Defaults to reputation, common, known bad inputs, SQL and Linux groups, all blocking; credentials never reach a log.
 */
export class WebAcl extends Construct {
  readonly arn: string;
  /** Metric dimension `WebACL`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const names = props.rateClasses.map((rate) => rate.name);
    if (names.length === 0 || names.length > 20 || new Set(names).size !== names.length) {
      throw new Error(`${this.node.path}: rateClasses must be 1..20 of different names, got "${names.join(", ")}"`);
    }
    if (!props.logs.name.startsWith("aws-waf-logs-")) {
      throw new Error(`${this.node.path}: logs.name must start with "aws-waf-logs-", got "${props.logs.name}"`);
    }
    const narrowed = props.narrowed ?? [];
    checkNarrowed(this.node.path, narrowed);
    const global = "distributionIn" in props.protects ? props.protects.distributionIn : undefined;
    const provider = global === undefined ? {} : { provider: global };
    const scopeOfUse = global === undefined ? "REGIONAL" : "CLOUDFRONT";
    const acl = new Wafv2WebAcl(this, "acl", {
      ...provider,
      name: props.name,
      scope: scopeOfUse,
      defaultAction: { allow: {} },
      rule: webAclRules(this.node.path, {
        narrowed: narrowed.map(({ name, paths, ranges }) => ({
          name,
          paths,
          ipSetArn: new Wafv2IpSet(this, `${name}-ranges`, {
            ...provider,
            name: `${props.name}-${name}`,
            scope: scopeOfUse,
            ipAddressVersion: "IPV4",
            addresses: [...ranges],
            // AWS deletes no set that a rule still names.
            lifecycle: { createBeforeDestroy: true },
          }).arn,
        })),
        hidden: props.hidden ?? [],
        rateClasses: props.rateClasses,
        uploadPaths: props.uploadPaths ?? [],
        anonymous: props.refuseAnonymousAddresses ?? false,
        bots: props.botControl,
        counted: props.counted ?? [],
      }),
      // Reaches sampled requests too, which the redaction of the log does not.
      dataProtectionConfig: {
        dataProtection: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: credentials } }],
      },
      visibilityConfig: visibility(props.name),
      tags: { Name: props.name },
    });
    new Wafv2WebAclLoggingConfiguration(this, "logs", {
      ...provider,
      resourceArn: acl.arn,
      logDestinationConfigs: [props.logs.arn],
      redactedFields: credentials.map((name) => ({ singleHeader: { name } })),
    });
    if ("arn" in props.protects) {
      new Wafv2WebAclAssociation(this, "association", { resourceArn: props.protects.arn, webAclArn: acl.arn });
    }
    this.arn = acl.arn;
    this.name = props.name;
  }
}

function checkNarrowed(where: string, narrowed: readonly NarrowedPaths[]): void {
  const open = narrowed.find(({ ranges }) => ranges.length === 0);
  if (open !== undefined || narrowed.length > 7) {
    throw new Error(
      `${where}: narrowed must be at most 7 classes with ranges, got ${narrowed.length}${open === undefined ? "" : ` and no range of ${open.name}`}`,
    );
  }
}
