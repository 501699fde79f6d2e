import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document/index.js";
import { Construct } from "constructs";
import type { LogGroup } from "./log-group.ts";

/** The name by which Session Manager finds the preferences of an account and region; there is no other. */
export const sessionDocument = "SSM-SessionManagerRunShell";

/** Minutes after which a session without input ends, where nothing else is given: configuration management must know. */
export const idleMinutes = 15;

export interface SessionPreferencesProps {
  /** Where every session is written down while it runs; it must have a customer key. */
  readonly logGroup: LogGroup;
  /** Key that person and host encrypt the session with, beyond TLS. */
  readonly kmsKeyArn: string;
  /** Minutes after which a session without input ends, 1 to 60; default 15. */
  readonly idleMinutes?: number;
  /** Minutes after which any session ends, 1 to 1440; default 240. */
  readonly longestMinutes?: number;
}

/**
 * How sessions on hosts run in this account and region: recorded as they go, encrypted, ended when idle (BRK-24.6).
 *
 * Refuses: sessions into a log group that is not encrypted, endless ones. An account in which somebody once saved
 * preferences has this document already: import it. Sessions run as the agent's own `ssm-user`; who it was stands in the
 * session's id and in the trail. Port forwarding by AWS's own documents is not recorded: a role that starts sessions is
 * to be allowed this document only.
 */
export class SessionPreferences extends Construct {
  constructor(scope: Construct, id: string, props: SessionPreferencesProps) {
    super(scope, id);
    const { idleMinutes: idle = idleMinutes, longestMinutes = 240 } = props;
    if (!Number.isInteger(idle) || idle < 1 || idle > 60) {
      throw new Error(`${this.node.path}: idleMinutes must be a whole number of 1 to 60, got ${idle}`);
    }
    if (!Number.isInteger(longestMinutes) || longestMinutes < 1 || longestMinutes > 1440) {
      throw new Error(`${this.node.path}: longestMinutes must be a whole number of 1 to 1440, got ${longestMinutes}`);
    }
    new SsmDocument(this, "document", {
      name: sessionDocument,
      documentType: "Session",
      documentFormat: "JSON",
      content: JSON.stringify({
        schemaVersion: "1.0",
        description: "Sessions on hosts: recorded and encrypted",
        sessionType: "Standard_Stream",
        inputs: {
          s3BucketName: "",
          s3KeyPrefix: "",
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: props.logGroup.name,
          cloudWatchEncryptionEnabled: true,
          // At the end would be too late for a host that is destroyed meanwhile, or by the session itself.
          cloudWatchStreamingEnabled: true,
          kmsKeyId: props.kmsKeyArn,
          idleSessionTimeout: String(idle),
          maxSessionDuration: String(longestMinutes),
          runAsEnabled: false,
          runAsDefaultUser: "",
          shellProfile: { linux: "", windows: "" },
        },
      }),
    });
  }
}
