import type { EventNoticeProps } from "../observability/event-notice.ts";

type Findings = Omit<EventNoticeProps, "name" | "topicArn">;

/** What GuardDuty holds for a threat: medium and above, 4 of 10. */
export const threats: Findings = {
  description: "Threats that GuardDuty found",
  pattern: {
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    detail: { severity: [{ numeric: [">=", 4] }] },
  },
  values: { severity: "$.detail.severity", title: "$.detail.title", type: "$.detail.type", id: "$.detail.id" },
  text: "GuardDuty, severity <severity>: <title> (<type>), finding <id>",
};

/** Something of ours that somebody outside the account can reach. */
export const openToOutsiders: Findings = {
  description: "Resources that outsiders can reach, as Access Analyzer found",
  pattern: {
    source: ["aws.access-analyzer"],
    "detail-type": ["Access Analyzer Finding"],
    detail: { status: ["ACTIVE"] },
  },
  values: { resource: "$.detail.resource", kind: "$.detail.resourceType", id: "$.detail.id" },
  text: "Access Analyzer: outsiders can reach <resource> (<kind>), finding <id>",
};

/** A control that AWS calls critical fails; lower ones are read in Security Hub, not sent: the first day finds hundreds. */
export const criticalControls: Findings = {
  description: "Critical controls that fail, as Security Hub found",
  pattern: {
    source: ["aws.securityhub"],
    "detail-type": ["Security Hub Findings - Imported"],
    detail: {
      findings: {
        // Its name has changed before; its ARN has not.
        ProductArn: [{ suffix: "::product/aws/securityhub" }],
        Compliance: { Status: ["FAILED"] },
        Severity: { Label: ["CRITICAL"] },
        RecordState: ["ACTIVE"],
        Workflow: { Status: ["NEW"] },
      },
    },
  },
  values: { title: "$.detail.findings[0].Title", resource: "$.detail.findings[0].Resources[0].Id" },
  text: "Security Hub, critical: <title>, at <resource>",
};
