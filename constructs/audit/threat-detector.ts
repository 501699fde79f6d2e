import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector/index.js";
import { GuarddutyDetectorFeature } from "@cdktf/provider-aws/lib/guardduty-detector-feature/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

export interface ThreatDetectorProps {
  /** Default: Terraform refuses to destroy the detector, and all findings with it. */
  readonly deletionProtection?: OptOut;
}

/**
 * What GuardDuty watches beyond calls, flows and DNS queries, which it always does. What is on is paid by use: where there
 * is no such resource it costs nothing. Scans of volumes are off: volumes are under keys that admit who uses them and no
 * scanner, and a scan that skips them all would only look like one. Runtime monitoring is off: it is paid for each processor, and puts
 * an agent on every host and node that talks through an endpoint which GuardDuty makes in the network by itself, past the
 * declared flows.
 */
const features = {
  S3_DATA_EVENTS: true,
  EKS_AUDIT_LOGS: true,
  EBS_MALWARE_PROTECTION: false,
  RDS_LOGIN_EVENTS: true,
  LAMBDA_NETWORK_LOGS: true,
  RUNTIME_MONITORING: false,
} as const;

/** GuardDuty of an account and region. There is one detector: where it exists, import it. */
export class ThreatDetector extends Construct {
  constructor(scope: Construct, id: string, props: ThreatDetectorProps) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, "detector", {
      enable: true,
      // For findings that come again; the first of a kind is told of within five minutes.
      findingPublishingFrequency: "FIFTEEN_MINUTES",
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    for (const [name, on] of Object.entries(features)) {
      new GuarddutyDetectorFeature(this, name.toLowerCase().replaceAll("_", "-"), {
        detectorId: detector.id,
        name,
        status: on ? "ENABLED" : "DISABLED",
      });
    }
  }
}
