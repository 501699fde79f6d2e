import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall/index.js";
import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy/index.js";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration/index.js";
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { type EgressPair, egressRules } from "./firewall-rules.ts";
import type { Subnet } from "./subnets.ts";
import type { Zone } from "./tiers.ts";

/** Where firewall records go; the destination's own policy must let the log delivery service write. */
export type FirewallLog =
  | { readonly kind: "bucket"; readonly bucketName: string; readonly prefix: string }
  | { readonly kind: "logGroup"; readonly logGroupName: string };

/** What a firewall guards and whom it lets out. */
export interface FirewallProps {
  /** Name in AWS, letters, digits and hyphens. */
  readonly name: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly zones: readonly Zone[];
  /** Subnets of tier `firewall` that get an endpoint, one a zone; nothing else may stand in them. */
  readonly subnets: readonly Subnet[];
  readonly pairs: readonly EgressPair[];
  /** Encrypts the policy, the rules and the firewall. */
  readonly kmsKeyArn: string;
  readonly alertLog: FirewallLog;
  readonly flowLog: FirewallLog;
  /** Default: protected; AWS refuses to delete the firewall. */
  readonly deletionProtection?: OptOut | undefined;
  /** Default: protected; AWS refuses another policy or other subnets, its rules stay changeable. */
  readonly changeProtection?: OptOut | undefined;
}

/** A rule counts as one; the capacity of a rule group can never change, so it grows in wide steps. */
const capacityStep = 1000;

/**
 * A Network Firewall that lets each service reach its own domains, and drops the rest; see `egressRules`.
 *
 * Defaults to strict order and to `drop_established_app_layer_to_server`: like `drop_established` it lets a handshake
 * finish before the server name is seen, and unlike it waits for a ClientHello in more than one packet, which post-quantum
 * key shares make the rule. It judges only what goes to the server: the form for both ways drops a server's window
 * updates, keep-alives and resets while no name has passed yet. What it drops it also logs. A connection it has not seen from its start is rejected, so that
 * clients reconnect after a failover instead of hanging.
 * The rule group keeps at least as much room as it uses; when it has to grow, one under another name takes its place.
 * Refuses an empty list of subnets; an empty list of pairs is a firewall that drops everything.
 */
export class Firewall extends Construct {
  /** Endpoint id by zone letter, as routes take it. */
  readonly endpointIdByZone: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    if (props.subnets.length === 0) {
      throw new Error("firewall: needs at least one subnet of tier firewall, got none");
    }
    const tags = { Name: props.name };
    const encryptionConfiguration = { type: "CUSTOMER_KMS", keyId: props.kmsKeyArn };
    const rules = egressRules(props.pairs);
    const capacity = Math.ceil((rules.length * 2) / capacityStep) * capacityStep;
    const group = new NetworkfirewallRuleGroup(this, "domains", {
      name: `${props.name}-domains-${capacity}`,
      description: "Domains each service declared, dropped otherwise",
      type: "STATEFUL",
      capacity,
      encryptionConfiguration,
      ruleGroup: {
        ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definition: [props.vpcCidr] } }] },
        rulesSource: { rulesString: `${rules.join("\n")}\n` },
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      },
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
    const policy = new NetworkfirewallFirewallPolicy(this, "policy", {
      name: props.name,
      encryptionConfiguration,
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulDefaultActions: [
          "aws:drop_established_app_layer_to_server",
          "aws:alert_established_app_layer_to_server",
        ],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "REJECT" },
        statefulRuleGroupReference: [{ priority: 100, resourceArn: group.arn }],
      },
      tags,
    });
    const changeProtected = isProtected(`${this.node.path}/changeProtection`, props.changeProtection);
    const firewall = new NetworkfirewallFirewall(this, "firewall", {
      name: props.name,
      vpcId: props.vpcId,
      firewallPolicyArn: policy.arn,
      subnetMapping: props.subnets.map((subnet) => ({ subnetId: subnet.id, ipAddressType: "IPV4" })),
      encryptionConfiguration,
      deleteProtection: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection),
      firewallPolicyChangeProtection: changeProtected,
      subnetChangeProtection: changeProtected,
      tags,
    });
    new NetworkfirewallLoggingConfiguration(this, "logs", {
      firewallArn: firewall.arn,
      loggingConfiguration: {
        logDestinationConfig: [destination("ALERT", props.alertLog), destination("FLOW", props.flowLog)],
      },
    });
    const address = `${firewall.terraformResourceType}.${firewall.friendlyUniqueId}`;
    this.endpointIdByZone = new Map(
      props.subnets.map(({ zone }) => [zone, endpointId(address, zoneName(props.zones, zone))]),
    );
  }
}

/** The states are a set without an order: they are keyed by zone, so a missing endpoint is an error and not a null. */
function endpointId(firewall: string, zone: string): string {
  const states = `${firewall}.firewall_status[0].sync_states`;
  return `\${{for state in ${states} : state.availability_zone => state.attachment[0].endpoint_id}["${zone}"]}`;
}

function zoneName(zones: readonly Zone[], letter: string): string {
  const zone = zones.find((candidate) => candidate.letter === letter);
  if (zone === undefined) {
    throw new Error(`firewall: no zone has the letter "${letter}"`);
  }
  return zone.name;
}

function destination(logType: "ALERT" | "FLOW", log: FirewallLog) {
  switch (log.kind) {
    case "bucket":
      return {
        logType,
        logDestinationType: "S3",
        logDestination: { bucketName: log.bucketName, prefix: log.prefix },
      };
    case "logGroup":
      return { logType, logDestinationType: "CloudWatchLogs", logDestination: { logGroup: log.logGroupName } };
    default:
      return log satisfies never;
  }
}
