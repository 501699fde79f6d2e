import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config/index.js";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list/index.js";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule/index.js";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group/index.js";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association/index.js";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config/index.js";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

/** What the resolver of a VPC answers, and where it writes each question. */
export interface DnsFirewallProps {
  /** Name in AWS. */
  readonly name: string;
  readonly vpcId: string;
  /** Domains that resolve: `example.org` alone, `*.example.org` all below it. */
  readonly allowedDomains: readonly string[];
  /** ARN of the log group, bucket or stream for queries. */
  readonly queryLogArn: string;
  /** Default: protected; AWS refuses to take the rules off the VPC. */
  readonly deletionProtection?: OptOut | undefined;
}

/**
 * The resolver of a VPC answers declared names only, and logs every query.
 *
 * Names carry data out through the resolver, which no security group, ACL or egress firewall can filter; so the list is
 * closed and what is not on it gets NXDOMAIN. It fails closed: while the firewall is unavailable nothing resolves, an
 * outage that shows, instead of an open door that does not. A declared name is trusted with the chain of aliases it
 * answers with (content networks change theirs at will); the default of AWS would inspect each.
 * No managed threat lists: all they could block is blocked already.
 * Refuses an empty list and an allowed `*`.
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const domains = [...new Set(props.allowedDomains)].sort();
    if (domains.length === 0 || domains.includes("*")) {
      throw new Error(`DNS firewall: must allow some names and not all, got ${domains.join(", ") || "none"}`);
    }
    const { name, vpcId } = props;
    const tags = { Name: name };
    const list = (listId: string, listed: string[]) =>
      new Route53ResolverFirewallDomainList(this, listId, { name: `${name}-${listId}`, domains: listed, tags }).id;
    const group = new Route53ResolverFirewallRuleGroup(this, "rules", { name, tags });
    new Route53ResolverFirewallRule(this, "allow", {
      name: "declared",
      firewallRuleGroupId: group.id,
      firewallDomainListId: list("declared", domains),
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
      action: "ALLOW",
      priority: 100,
    });
    new Route53ResolverFirewallRule(this, "block", {
      name: "everything-else",
      firewallRuleGroupId: group.id,
      firewallDomainListId: list("everything", ["*"]),
      action: "BLOCK",
      blockResponse: "NXDOMAIN",
      priority: 200,
    });
    new Route53ResolverFirewallConfig(this, "fail-closed", { resourceId: vpcId, firewallFailOpen: "DISABLED" });
    new Route53ResolverFirewallRuleGroupAssociation(this, "association", {
      name,
      vpcId,
      firewallRuleGroupId: group.id,
      priority: 101,
      mutationProtection: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection)
        ? "ENABLED"
        : "DISABLED",
      tags,
    });
    const log = new Route53ResolverQueryLogConfig(this, "query-log", { name, destinationArn: props.queryLogArn, tags });
    new Route53ResolverQueryLogConfigAssociation(this, "query-log-association", {
      resolverQueryLogConfigId: log.id,
      resourceId: vpcId,
    });
  }
}
