import { linkLocalRanges, privateRanges } from "../address-space.ts";
import { covers, parseCidr, union } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { strangersAmong } from "../identity/shares/named.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** Hosts and mailboxes of others among those that a text names, one or many with commas between. */
export function strangeAddresses(given: Value<string>, estate: Estate): readonly Value<string>[] {
  if (isUnknown(given) && given.resource !== undefined) return [];
  const text = isUnknown(given) ? given.expression : given;
  // Of an expression of several references plans tell no more than these: it begins with a resource.
  if (/^\$\{unknown\(aws_\w+\./.test(text)) return [];
  // What has an ARN has an account; a telephone number has nothing to be judged by.
  if (/^arn:|^\+?\d+$/.test(text)) return [];
  return (isUnknown(given) || text.includes("//") ? [text] : text.split(",")).flatMap(
    (each): readonly Value<string>[] => {
      const account = /^https:\/\/(?:sqs\.[\w-]+|queue)\.amazonaws\.com\/(\d{12})\//.exec(each)?.[1];
      if (account !== undefined)
        return strangersAmong([account], estate).map((whose) => (isUnknown(whose) ? whose : each));
      const host = hostOf(each);
      if (isOurs(host, estate)) return [];
      if (host.includes("${")) return [new Unknown(each)];
      if (estate.declaration !== undefined) return [each];
      // Where nobody declares domains, whom alarms are mailed to is nothing that outputs could show.
      return isMail(each) ? [] : [new Unknown(`${each}, where nothing says which domains are ours`)];
    },
  );
}

const isMail = (text: string): boolean => !text.includes("/") && text.includes("@");

/** The host of `https://name:word@host:443/path`, `jdbc:oracle:thin:@host:1521`, `host:9092`, `someone@host`. */
function hostOf(text: string): string {
  const rest = text.includes("//") ? text.slice(text.indexOf("//") + 2) : text;
  const authority = rest.split(/[/?#;]/)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return (/^\[([^\]]*)\]/.exec(host)?.[1] ?? (parseCidr(host) === undefined ? host.replace(/:[^{}]*$/, "") : host))
    .toLowerCase()
    .replace(/\.$/, "");
}

const INSIDE = union([privateRanges, linkLocalRanges]);

/** A host of ours: named by a resource, in a domain that is declared or hosted here, or at an address that is private. */
function isOurs(host: string, estate: Estate): boolean {
  if (/^\$\{aws_[^{}]+\}(?:\.[\w.-]+\.amazonaws\.com)?$/.test(host)) return true;
  const address = parseCidr(host);
  if (address !== undefined) return covers(INSIDE, address);
  // Programs differ in where they see the host of `evil.net\\.example.org`: it is nobody's.
  if (!/^[\w.-]+$/.test(host)) return false;
  return domainsOf(estate).some((each) => host === each || (each.startsWith(".") && `.${host}`.endsWith(each)));
}

/**
 * Domains that are declared: ours with all below them (a dot before them says so), and those that services may talk to; where
 * nobody declares any, those of hosted zones.
 */
function domainsOf({ declaration, terraform }: Estate): readonly string[] {
  if (declaration === undefined) {
    const zones = terraform.ofType("aws_route53_zone").flatMap(({ block }) => block.texts("name"));
    return zones.flatMap((each) => (isUnknown(each) ? [] : [below(each)]));
  }
  const { domain, services } = declaration;
  const talkedTo = services.flatMap(({ egress }) => egress.map((each) => each.domain.toLowerCase().replace(/^\*/, "")));
  return [below(domain.public), below(domain.private), ...talkedTo];
}

const below = (domain: string): string => `.${domain.toLowerCase().replace(/\.$/, "")}`;
