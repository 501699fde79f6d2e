import { MailSender } from "../../constructs/mail/mail-sender.ts";
import { mailSettingsName, resourceName } from "../../services/names.ts";
import { endpoints } from "../../services/platform.ts";
import type { ServiceContext } from "./context.ts";

/** A service with a flow to SES gets a user that may send mail, and nothing else. */
export function makeMailSender({ stack, resolved }: ServiceContext): void {
  const { service, environment, flows } = resolved;
  if (!flows.some(({ to }) => to === endpoints.mail.owner)) return;
  new MailSender(stack, "mail-sender", {
    name: resourceName(environment, service.code, "smtp"),
    accountId: environment.account,
    region: environment.region,
    domain: environment.domain.public,
    configurationSet: mailSettingsName(environment),
  });
}
