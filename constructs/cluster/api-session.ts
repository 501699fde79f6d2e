import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document/index.js";
import { Construct } from "constructs";

export interface ApiSessionProps {
  readonly name: string;
  /** Host name of the cluster's API. */
  readonly host: string;
}

/**
 * A Session Manager document that forwards a port of the caller through a host to the cluster's API, and to nothing else.
 *
 * Host and port stand in the document: AWS's own document for this takes them from the caller, and with it a session on
 * one host would reach whatever that host reaches.
 */
export class ApiSession extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: ApiSessionProps) {
    super(scope, id);
    const document = new SsmDocument(this, "document", {
      name: props.name,
      documentType: "Session",
      documentFormat: "JSON",
      content: JSON.stringify({
        schemaVersion: "1.0",
        description: "Forwards a local port to the API of the Kubernetes cluster",
        sessionType: "Port",
        parameters: {
          localPortNumber: {
            type: "String",
            description: "Port on the caller's machine",
            allowedPattern: "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
          },
        },
        properties: {
          type: "LocalPortForwarding",
          host: props.host,
          portNumber: "443",
          localPortNumber: "{{ localPortNumber }}",
        },
      }),
      tags: { Name: props.name },
    });
    this.name = document.name;
  }
}
