import ipaddr from "ipaddr.js";
import type { Service } from "../schema/service.ts";
import type { Value } from "../schema/value.ts";
import type { Check, Fault } from "./fault.ts";
import { type NamedValue, namedValues, piecesOf } from "./named-values.ts";
import { show } from "./show.ts";

/** Text that must not stand in a value or a command line: secrets, placeholders, switched-off checks, open doors. */

interface Text {
  readonly path: string;
  /** Environment variable or configuration key; empty for a command line. */
  readonly key: string;
  /** The value; references of a template are holes: `{secret}`, `{host}`, and `{loopback}` for a host of our own. */
  readonly text: string;
  readonly holdsSecret: boolean;
}
interface Rule {
  readonly rule: string;
  readonly breaks: (text: Text) => boolean;
  /** Never the value where it may be a secret. */
  readonly got?: (text: Text) => string;
}

function hole(piece: Exclude<Value, { kind: "template" }>): string {
  if (typeof piece !== "object") return String(piece);
  if ((piece.kind === "host" || piece.kind === "members") && piece.of.transport === "loopback") return "{loopback}";
  return `{${piece.kind}}`;
}

const textOf = ({ path, key, value }: NamedValue): Text => {
  const pieces = piecesOf(value);
  return {
    path,
    key,
    text: pieces.map(hole).join(""),
    holdsSecret: pieces.some((piece) => typeof piece === "object" && piece.kind === "secret"),
  };
};

const commandLines = (service: Service): readonly Text[] => {
  const line = (path: string, text: string): Text => ({ path, key: "", text, holdsSecret: false });
  return [
    ...service.components.flatMap((component) => {
      const path = `${service.name}/components/${component.name}`;
      return component.kind === "pods"
        ? [line(`${path}/command`, (component.command ?? []).join(" "))]
        : component.units.map(({ name, exec }) => line(`${path}/units/${name}/exec`, exec));
    }),
    ...service.jobs.map(({ name, command }) => line(`${service.name}/jobs/${name}/command`, command.join(" "))),
    ...service.backups.map(({ name, command }) =>
      line(`${service.name}/backups/${name}/command`, (command ?? []).join(" ")),
    ),
  ];
};

/** `apiKey` and `API_KEY` are one. */
const wordsOf = (key: string) => key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
const SECRETIVE = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIAL|PEPPER|SALT/;
/** What a key says about a secret without holding one. */
const DESCRIPTIVE =
  /_(ALG|ALGORITHM|AUDIENCE|BITS|CACHE|COUNT|DAYS|EXPIRY|FORMAT|HEADER|HOURS|ID|ISSUER|LENGTH|MAX|MIN|MINUTES|MODE|NAME|NAMESPACE|PATTERN|PREFIX|SECONDS|SIZE|TTL|TYPE|VERSION|VERSIONS|ALPHABET)S?$/;
const FILE = /^\/[\w.@-]+(\/[\w.@-]+)+$/;
/** Keys that say where a secret lies; what they hold looks like a path or a file name. */
const PLACE = /_(PATH|FILE|DIR|DIRECTORY)$/;
const RELATIVE = /^[\w@-]+([./][\w@-]+)+$/;
const PLACEHOLDER =
  /change[_-]?(me|this|it|in)|your[_-]|placeholder|StrongPass123!|NewPass123!|SuperSecret|^(password|passw0rd|secret|admin|root|test|example|todo|xxx+)$/i;
const REFUSED = /^(ADMIN_API_KEY|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;
/** Schemes that have a twin with TLS. */
const CLEAR = /\b(http|redis|amqp|ldap|ftp|ws):\/\/([^\s,]*)/g;
const OWN = /^([^@/]*@)?(localhost|127\.0\.0\.1|\[::1\]|\{loopback\})([:/]|$)/;

const addressesIn = (text: string): readonly ipaddr.IPv4[] =>
  (text.match(/(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d.])/g) ?? [])
    .filter((each) => ipaddr.IPv4.isValidFourPartDecimal(each))
    .map((each) => ipaddr.IPv4.parse(each));
const within = (text: string, range: string) => addressesIn(text).some((address) => address.range() === range);

const hidden = ({ text }: Text) => `a text of ${text.length} characters`;

const RULES: readonly Rule[] = [
  {
    rule: "must not exist: nobody gets in by a static key (MUN-1.1, NOD-SEC.1)",
    breaks: ({ key }) => REFUSED.test(wordsOf(key)),
    got: ({ key }) => key,
  },
  {
    rule: "must be a secret, not text (NOD-2.1)",
    breaks: ({ key, text, holdsSecret }) =>
      SECRETIVE.test(wordsOf(key)) &&
      !DESCRIPTIVE.test(wordsOf(key)) &&
      !holdsSecret &&
      !FILE.test(text) &&
      !(PLACE.test(wordsOf(key)) && RELATIVE.test(text)) &&
      !/^(\d+|true|false|\{.*\})$/.test(text),
    got: hidden,
  },
  {
    rule: "must take the password in its address from a secret (NOD-2.1)",
    breaks: ({ text }) => /:\/\/[^\s/:@]*:(?!\{secret\}@)[^\s/@]*@/.test(text),
    got: hidden,
  },
  {
    rule: "must not be a placeholder (BRK-SEC.2)",
    breaks: ({ text }) => PLACEHOLDER.test(text),
    got: hidden,
  },
  {
    rule: "must not switch off the check of certificates (BRK-SEC.1, BRK-SEC.3)",
    breaks: ({ key, text }) => /VERIFY/.test(wordsOf(key)) && /^(false|0|no|off|none|optional)$/i.test(text),
  },
  {
    rule: "must be sslmode=verify-full (MUN-2.3)",
    breaks: ({ text }) => /sslmode=(?!verify-full(&|$))/.test(text),
    got: ({ text }) => /sslmode=[\w-]*/.exec(text)?.[0] ?? "sslmode",
  },
  {
    rule: "must not speak in clear text beyond the host (MUN-2.3)",
    breaks: ({ text }) => [...text.matchAll(CLEAR)].some(([, , rest]) => !OWN.test(rest ?? "")),
    got: ({ text }) => `${[...text.matchAll(CLEAR)].find(([, , rest]) => !OWN.test(rest ?? ""))?.[1]}://`,
  },
  {
    rule: "must not name a public address (BRK-SEC.16)",
    breaks: ({ text }) => within(text, "unicast"),
    got: ({ text }) => addressesIn(text).join(", "),
  },
  {
    rule: "must not listen on every address (BRK-SEC.11, BRK-SEC.24)",
    breaks: ({ text }) => within(text, "unspecified") || /(^|[\s=])(\[::\]|::)(:\d+)?($|\s)/.test(text),
  },
  {
    rule: "must list origins with https and without * (NOD-1.8, ALC-7.5)",
    breaks: ({ key, text }) =>
      /ORIGINS?$/.test(wordsOf(key)) && (text.includes("*") || text.includes("http:") || text === ""),
  },
  {
    rule: "must demand client certificates: --ssl-cert-reqs 2 beside --ssl-ca-certs (BRK-SEC.6)",
    breaks: ({ text }) => text.includes("--ssl-ca-certs") && !/--ssl-cert-reqs[ =]2/.test(text),
  },
  {
    rule: "must not take a password on the command line or ask for one (BRK-SEC.12, BRK-SEC.13)",
    breaks: ({ key, text }) =>
      key === "" && (/--password\b(?!-file)/.test(text) || /\b(mysql|mysqldump|mariadb)\b.* -p/.test(text)),
    got: () => "a password option",
  },
];

const judge = (text: Text): readonly Fault[] =>
  RULES.filter(({ breaks }) => breaks(text)).map(({ rule, got }) => ({
    path: text.path,
    rule,
    got: got?.(text) ?? show(text.text),
  }));

export const literals: Check = ({ services }) =>
  services.flatMap((service) => [...namedValues(service).map(textOf), ...commandLines(service)].flatMap(judge));
