/** Which events of AWS people are told of, and which are kept. */

/** Everything that happens to a secret but being read. */
export const SECRET_EVENTS = [
  "CancelRotateSecret",
  "CreateSecret",
  "DeleteSecret",
  "PutResourcePolicy",
  "PutSecretValue",
  "RestoreSecret",
  "RotateSecret",
  "RotationFailed",
  "RotationStarted",
  "RotationSucceeded",
  "UpdateSecret",
  "UpdateSecretVersionStage",
];
const SECRET_TROUBLES = ["DeleteSecret", "RotationFailed"];

const ENDED_BADLY = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/** Events of AWS by the sentence that people read. */
export const troubles = {
  "backup-failed": {
    summary: "A backup job of AWS Backup did not end well (MUN-4.12)",
    pattern: {
      source: ["aws.backup"],
      "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
      // Restores say it in another word than backups and copies do.
      detail: { $or: [{ state: ENDED_BADLY }, { status: ENDED_BADLY }] },
    },
  },
  "certificate-ends": {
    summary: "A certificate of ACM was not renewed and ends soon (TKT-4.12)",
    pattern: {
      source: ["aws.acm"],
      "detail-type": ["ACM Certificate Approaching Expiration", "ACM Certificate Renewal Action Required"],
    },
  },
  "revocation-list-failed": {
    summary:
      "A private authority could not publish its revocation list; once the last one has run out, all are refused (BRK-10.4)",
    pattern: {
      source: ["aws.acm-pca"],
      "detail-type": ["ACM Private CA CRL Generation"],
      detail: { result: ["failure"] },
    },
  },
  "secret-in-trouble": {
    summary: "A secret was deleted, or its rotation failed (MUN-2.17)",
    pattern: {
      source: ["aws.secretsmanager"],
      detail: { eventName: SECRET_TROUBLES },
    },
  },
  "aws-in-trouble": {
    summary: "AWS reports trouble that touches this account",
    pattern: {
      source: ["aws.health"],
      detail: { eventTypeCategory: ["issue"] },
    },
  },
} as const;
