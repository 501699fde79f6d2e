import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { Route53HostedZoneDnssec } from "@cdktf/provider-aws/lib/route53-hosted-zone-dnssec/index.js";
import { Route53KeySigningKey } from "@cdktf/provider-aws/lib/route53-key-signing-key/index.js";
import { Route53QueryLog } from "@cdktf/provider-aws/lib/route53-query-log/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

/** Name and VPC of a zone only that VPC sees. */
export interface PrivateZoneProps {
  readonly domain: string;
  readonly vpcId: string;
  /** Default: Terraform refuses to destroy the zone. */
  readonly deletionProtection?: OptOut | undefined;
}

/** A private hosted zone. Refuses to be destroyed, and by AWS while it holds records that Terraform did not make. */
export class PrivateZone extends Construct {
  readonly id: string;
  readonly domain: string;

  constructor(scope: Construct, id: string, props: PrivateZoneProps) {
    super(scope, id);
    this.domain = props.domain;
    this.id = new Route53Zone(this, "zone", {
      name: props.domain,
      comment: "Names inside the VPC",
      vpc: [{ vpcId: props.vpcId }],
      forceDestroy: false,
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    }).zoneId;
  }
}

/** Name of a public zone, and what Route 53 wants in us-east-1 for it. */
export interface PublicZoneProps {
  readonly domain: string;
  /** Provider of us-east-1: query logs and signing keys of every zone live there. */
  readonly global: TerraformProvider;
  readonly accountId: string;
  /** Where an authority reports a certificate that somebody else asked for. */
  readonly incidentMail: string;
  readonly queryLog: {
    readonly retentionDays: number;
    /** Key of us-east-1 that its CloudWatch Logs may use. */
    readonly kmsKeyArn: string;
  };
  /**
   * Asymmetric `ECC_NIST_P256` key of us-east-1 that signs the zone (DNSSEC). Default: not signed. Put the `ds` record
   * at the parent only after this is applied, and take it away a TTL before the key: the reverse order takes the
   * domain off the internet.
   */
  readonly signingKeyArn?: string;
  /** Default: neither the zone nor the log of its queries can be destroyed; another zone has other name servers. */
  readonly deletionProtection?: OptOut | undefined;
}

/** The names under which ACM's authorities look themselves up. */
const authorities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/**
 * A public hosted zone that logs its queries.
 *
 * Refuses, by CAA, public certificates of other authorities than Amazon's and all wildcards, also for names below it that
 * have no CAA of their own; and to be destroyed, by AWS also while it holds records Terraform did not make.
 */
export class PublicZone extends Construct {
  readonly id: string;
  readonly domain: string;
  /** For the registrar or the parent zone. */
  readonly nameServers: string[];
  /** Delegation signer record for the parent zone, when the zone is signed. */
  readonly ds: string | undefined;

  constructor(scope: Construct, id: string, props: PublicZoneProps) {
    super(scope, id);
    const { domain, global: provider, accountId, queryLog } = props;
    const preventDestroy = isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection);
    const zone = new Route53Zone(this, "zone", {
      name: domain,
      comment: "Public names",
      forceDestroy: false,
      lifecycle: { preventDestroy },
    });
    this.id = zone.zoneId;
    this.domain = domain;
    this.nameServers = zone.nameServers;
    new Route53Record(this, "authorities", {
      zoneId: zone.zoneId,
      name: domain,
      type: "CAA",
      ttl: 3600,
      records: [
        ...authorities.map((authority) => `0 issue "${authority}"`),
        '0 issuewild ";"',
        `0 iodef "mailto:${props.incidentMail}"`,
      ],
    });
    const group = new CloudwatchLogGroup(this, "queries", {
      provider,
      name: `/aws/route53/${domain}`,
      retentionInDays: queryLog.retentionDays,
      kmsKeyId: queryLog.kmsKeyArn,
      deletionProtectionEnabled: preventDestroy,
      lifecycle: { preventDestroy },
    });
    const policy = new CloudwatchLogResourcePolicy(this, "queries-policy", {
      provider,
      policyName: `route53-queries-${domain.replaceAll(".", "-")}`,
      policyDocument: writeQueries(group.arn, zone.arn, accountId),
    });
    new Route53QueryLog(this, "query-log", {
      zoneId: zone.zoneId,
      cloudwatchLogGroupArn: group.arn,
      dependsOn: [policy],
    });
    this.ds = props.signingKeyArn === undefined ? undefined : this.#sign(zone.zoneId, props.signingKeyArn);
  }

  #sign(hostedZoneId: string, keyManagementServiceArn: string): string {
    const key = new Route53KeySigningKey(this, "signing-key", {
      hostedZoneId,
      keyManagementServiceArn,
      name: "current",
    });
    new Route53HostedZoneDnssec(this, "dnssec", { hostedZoneId, dependsOn: [key] });
    return key.dsRecord;
  }
}

function writeQueries(logGroupArn: string, zoneArn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Route53WritesQueries",
        Effect: "Allow",
        Principal: { Service: "route53.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
        Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnEquals: { "aws:SourceArn": zoneArn } },
      },
    ],
  });
}
