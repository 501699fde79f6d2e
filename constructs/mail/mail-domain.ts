import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Sesv2ConfigurationSet } from "@cdktf/provider-aws/lib/sesv2-configuration-set/index.js";
import { Sesv2ConfigurationSetEventDestination } from "@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination/index.js";
import { Sesv2EmailIdentity } from "@cdktf/provider-aws/lib/sesv2-email-identity/index.js";
import { Sesv2EmailIdentityMailFromAttributes } from "@cdktf/provider-aws/lib/sesv2-email-identity-mail-from-attributes/index.js";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

/** SES signs with three keys in turn, whatever their names will be. */
const DKIM_KEYS = 3;

export interface MailDomainProps {
  readonly domain: string;
  /** Public zone of the domain. */
  readonly zoneId: string;
  readonly region: string;
  /** Of the configuration set. */
  readonly name: string;
  /** Told of bounces, complaints and refusals; its policy and key admit SES. */
  readonly topicArn: string;
  /**
   * Zone in which SES keeps the keys of this identity: `SigningHostedZone` of its DKIM attributes. It differs between
   * regions and cells, and is known once the identity is there.
   */
  readonly keysZone: string;
  /** Mailbox for the daily reports of who sent in the domain's name. */
  readonly reportsTo: string;
  /** Default: Terraform refuses to destroy the identity: mail is refused until another is verified. */
  readonly deletionProtection?: OptOut;
}

/**
 * A domain, and all names below it, as a sender of mail by SES: signed (DKIM), with an envelope of its own whose servers
 * are named (SPF), and with the order to refuse all else (DMARC).
 *
 * Refuses to hand mail to a server without TLS; addresses that bounced or complained are not tried again. SPF stands on
 * the envelope's name, where receivers look: the domain's own TXT record is shared with others and left alone. The
 * orders of DMARC bind all who send as the domain: SES must then be the only one, or be joined by aligned others.
 */
export class MailDomain extends Construct {
  constructor(scope: Construct, id: string, props: MailDomainProps) {
    super(scope, id);
    const { domain, zoneId } = props;
    const settings = new Sesv2ConfigurationSet(this, "settings", {
      configurationSetName: props.name,
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      reputationOptions: { reputationMetricsEnabled: true },
      sendingOptions: { sendingEnabled: true },
      suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    new Sesv2ConfigurationSetEventDestination(this, "troubles", {
      configurationSetName: settings.configurationSetName,
      eventDestinationName: "troubles",
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT", "REJECT"],
        snsDestination: { topicArn: props.topicArn },
      },
    });
    const identity = new Sesv2EmailIdentity(this, "identity", {
      emailIdentity: domain,
      // Applies to SMTP too, where no client names a configuration set.
      configurationSetName: settings.configurationSetName,
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    const envelope = `bounce.${domain}`;
    new Sesv2EmailIdentityMailFromAttributes(this, "envelope", {
      emailIdentity: identity.emailIdentity,
      mailFromDomain: envelope,
      behaviorOnMxFailure: "REJECT_MESSAGE",
    });
    const record = (name: string, fullName: string, type: string, ttl: number, value: string) =>
      new Route53Record(this, name, { zoneId, name: fullName, type, ttl, records: [value] });
    for (let key = 0; key < DKIM_KEYS; key++) {
      const token = Fn.element(identity.dkimSigningAttributes.tokens, key);
      record(`dkim-${key + 1}`, `${token}._domainkey.${domain}`, "CNAME", 1800, `${token}.${props.keysZone}`);
    }
    record("bounces", envelope, "MX", 300, `10 feedback-smtp.${props.region}.amazonses.com`);
    record("spf", envelope, "TXT", 300, "v=spf1 include:amazonses.com -all");
    record("dmarc", `_dmarc.${domain}`, "TXT", 300, `v=DMARC1; p=reject; rua=mailto:${props.reportsTo}; fo=1`);
  }
}
