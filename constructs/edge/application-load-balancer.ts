import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import type { Certificate } from "./certificate.ts";
import { addRoutes, type Route } from "./listener-routes.ts";
import { edgeName } from "./name.ts";
import { type ResponseHeaders, responseHeaderArguments } from "./response-headers.ts";
import { type MinimumTls, tlsPolicy } from "./tls-policy.ts";

export interface ApplicationLoadBalancerProps {
  /** At most 32 characters. */
  readonly name: string;
  readonly scheme: "internet-facing" | "internal";
  /** One subnet in each of at least two zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Bucket that lets the ELB log delivery write; logs go below `<prefix>/{access,connection,health}`. */
  readonly logs: { readonly bucketName: string; readonly prefix: string };
  readonly certificate: Certificate;
  readonly routes: readonly Route[];
  /** Default "1.2". */
  readonly minimumTls?: MinimumTls;
  /** Default: the strictest, see `ResponseHeaders`. */
  readonly headers?: ResponseHeaders;
  /** Default 60. Must be shorter than the keep-alive of the targets, else they close under a request (502). */
  readonly idleTimeoutSeconds?: number;
  /** Default "ipv4". */
  readonly addressType?: "ipv4" | "dualstack";
  /** Default on. */
  readonly deletionProtection?: OptOut | undefined;
}

/**
 * An application load balancer with HTTPS on 443 that serves only the declared host names.
 *
 * Refuses fewer than two subnets, no security group, a route without host name, colliding priorities.
 * Defaults to access, connection and health check logs, deletion protection, strictest desync mitigation, TLS >= 1.2,
 * security headers, 404 for any other host. An internet-facing one redirects port 80; an internal one has no port 80.
 */
export class ApplicationLoadBalancer extends Construct {
  readonly arn: string;
  /** Metric dimension `LoadBalancer`. */
  readonly arnSuffix: string;
  readonly dnsName: string;
  /** Zone of the alias target. */
  readonly zoneId: string;
  readonly dualstack: boolean;
  readonly certificate: Certificate;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const { bucketName, prefix } = props.logs;
    if (props.subnetIds.length < 2) {
      throw new Error(`${this.node.path}: subnetIds must name at least 2 subnets, got ${props.subnetIds.length}`);
    }
    if (props.securityGroupIds.length === 0) {
      throw new Error(`${this.node.path}: securityGroupIds must not be empty: AWS would take the default group`);
    }
    if (/^\/|\/$|AWSLogs/.test(prefix)) {
      throw new Error(`${this.node.path}: logs.prefix must have no outer slash and no "AWSLogs", got "${prefix}"`);
    }
    const lb = new Lb(this, "lb", {
      name: edgeName("load balancer", props.name),
      loadBalancerType: "application",
      internal: props.scheme === "internal",
      ipAddressType: props.addressType ?? "ipv4",
      subnets: [...props.subnetIds],
      securityGroups: [...props.securityGroupIds],
      idleTimeout: props.idleTimeoutSeconds ?? 60,
      enableDeletionProtection: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection),
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableHttp2: true,
      // The client's address is appended, so the last entry is true and any before it is hearsay: a target trusts
      // exactly one hop. "preserve" would hand a forged header through, "remove" would hide the client.
      xffHeaderProcessingMode: "append",
      // Off: the Host header is normalised and single. On, duplicates reach a target that may choose another one
      // than the listener rule did.
      preserveHostHeader: false,
      enableWafFailOpen: false,
      enableZonalShift: true,
      accessLogs: { enabled: true, bucket: bucketName, prefix: `${prefix}/access` },
      connectionLogs: { enabled: true, bucket: bucketName, prefix: `${prefix}/connection` },
      healthCheckLogs: { enabled: true, bucket: bucketName, prefix: `${prefix}/health` },
      tags: { Name: props.name },
    });
    const https = new LbListener(this, "https", {
      loadBalancerArn: lb.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy(props.minimumTls ?? "1.2"),
      certificateArn: props.certificate.arn,
      ...responseHeaderArguments(props.headers),
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", messageBody: "not found", statusCode: "404" },
        },
      ],
    });
    addRoutes(this, https.arn, props.routes);
    // Behind a CDN or inside the network nobody types http://, so clear text has no port there at all.
    if (props.scheme === "internet-facing") {
      new LbListener(this, "http", {
        loadBalancerArn: lb.arn,
        port: 80,
        protocol: "HTTP",
        routingHttpResponseServerEnabled: false,
        defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
      });
    }
    this.arn = lb.arn;
    this.arnSuffix = lb.arnSuffix;
    this.dnsName = lb.dnsName;
    this.zoneId = lb.zoneId;
    this.dualstack = props.addressType === "dualstack";
    this.certificate = props.certificate;
  }
}
