import { IamUser } from "@cdktf/provider-aws/lib/iam-user/index.js";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy/index.js";
import { Construct } from "constructs";
import { boundary } from "../identity/boundary.ts";
import { policyDocument } from "../identity/policy-document.ts";

/** Users of this path are programs that send mail, and nothing else. */
export const MAIL_PATH = "/mail/";

export interface MailSenderProps {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Verified domain, and the configuration set that goes with it. */
  readonly domain: string;
  readonly configurationSet: string;
}

/**
 * The user whose key opens SMTP at SES: SMTP knows no roles (BRK-23.2).
 *
 * Has no key from here, since Terraform would keep it in its state: a person who may makes one and turns it
 * into the password, which an operator puts into the service's secret. Refuses everything but sending, as the domain or a name below it.
 */
export class MailSender extends Construct {
  constructor(scope: Construct, id: string, props: MailSenderProps) {
    super(scope, id);
    const { name, domain } = props;
    const ses = `arn:aws:ses:${props.region}:${props.accountId}`;
    const user = new IamUser(this, "user", {
      name,
      path: MAIL_PATH,
      // Its keys are made elsewhere; without this they would keep it from being removed.
      forceDestroy: true,
      ...boundary(this),
      tags: { Name: name },
    });
    new IamUserPolicy(this, "policy", {
      name,
      user: user.name,
      policy: policyDocument([
        {
          sid: "SendAsTheDomain",
          actions: ["ses:SendRawEmail"],
          resources: [`${ses}:identity/${domain}`, `${ses}:configuration-set/${props.configurationSet}`],
          conditions: { StringLike: { "ses:FromAddress": [`*@${domain}`, `*@*.${domain}`] } },
        },
      ]),
    });
  }
}
