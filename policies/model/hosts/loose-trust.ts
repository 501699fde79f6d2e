/** A place where a program is told not to look at whom it talks to, or to talk in clear text. */
export interface LooseTrust {
  /** `insecure_skip_verify: true`. */
  readonly text: string;
  readonly expected: string;
}

const CHECKED = "the certificate is checked";
const ENCRYPTED = "TLS";
const OFF = /^(?:false|f|no?|off|0|none|disabled?|insecure|plain(?:text)?|allow|prefer(?:red)?|cert_none)$/i;
const ON = /^(?:true|yes|on|1|enabled?|skip-verify)$/i;
const WEAK_MODE = /^(?:disabled?|allow|prefer(?:red)?|require[d]?|verify[-_]ca|none|off)$/i;

/** `tls`, `use_tls`, `SMTP_STARTTLS`, `tls.enabled`, `sslMode`, in one spelling and with what it stands in. */
const SWITCH =
  /(?:^|_)(?:tls|ssl|https|mtls|starttls)(?:_(?:config|settings|options))?(?:_(?:enabled?|on|active|required?|mode))?$/;
/** Of these, off is what is wanted; a prober that fails on TLS is one that looks for clear text. */
const REVERSED = /(?:^|_)(?:disabled?|no|skip|without|insecure|fail_if(?:_not)?|auto)_/;
const VERIFY =
  /(?:^|_)(?:(?:ssl|tls|peer|certs?|certificates?|host(?:name)?)(?:_\w+)?_verif(?:y|ication)\w*|verif(?:y|ication)_(?:ssl|tls|client|peer|certs?|certificates?|host(?:name)?|server)(?:_\w+)?|reject_?unauthorized|check_hostname|validate_certs?)$/;
const INSECURE =
  /(?:^|_)(?:insecure(?:_(?:skip_verify|ssl|tls|transport|connection|mode))?|skip_(?:tls|ssl)(?:_\w+)?|(?:tls|ssl)(?:_\w+)?_(?:skip_verify|insecure|no_verify|disabled?)|(?:disabled?|no|without)_(?:tls|ssl|https|verify|starttls)(?:_\w+)?|\w*allow_(?:invalid_\w+|insecure\w*)|trust_(?:all|any|server)_cert\w*|plain_?text|ssl_no_verify)$/;
const COOKIE = /(?:^|_)(?:cookie_secure|secure_cookies?|session_https_only)$/;

/** `tlsCAFile`, `tls-mode` and `TLS_MODE` as one spelling: `tls_mode`. */
export const snake = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[-.\s]+/g, "_")
    .toLowerCase();

/** What a setting lets through, judged with the name that it stands below: `tls: { enabled: false }`. */
export function looseSetting(parent: string, name: string, value: string): LooseTrust | undefined {
  const whole = snake(parent === "" ? name : `${parent}_${name}`);
  const said = (expected: string): LooseTrust => ({ text: `${name}: ${value}`, expected });
  if (/ssl_?mode$/.test(whole) && WEAK_MODE.test(value)) return said("verify-full");
  if (ON.test(value) && INSECURE.test(whole)) return said(CHECKED);
  // Programs take nothing for false, where they do not refuse it.
  if (value === "" && VERIFY.test(whole) && !REVERSED.test(whole)) return said(CHECKED);
  if (!OFF.test(value)) return undefined;
  if (COOKIE.test(whole)) return said("cookies that go over TLS alone");
  if (REVERSED.test(whole)) return undefined;
  if (VERIFY.test(whole)) return said(CHECKED);
  return SWITCH.test(whole) ? said(ENCRYPTED) : undefined;
}

const OFF_HERE = String.raw`["']?\s*[:=(\s]\s*["']?(?:false|no|off|0|none|disabled?)\b`;
const ON_HERE = String.raw`["']?\s*[:=(\s]\s*["']?(?:true|yes|on|1|enabled?)\b`;

/** The same in the words of programs and their command lines (documentations read 2026-11-22). */
const LINES: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`\b\w*(?:insecure_?skip_?verify|tls_?skip_?verify|skip_?tls_?verify|tls_?insecure|trust_?server_?certificate|allow_?invalid_?(?:certificates|hostnames))\w*${ON_HERE}`,
      "i",
    ),
    CHECKED,
  ],
  [
    new RegExp(
      String.raw`\b\w*(?:verify_ssl|ssl_verify|verify_client|verify_?tls|peer-verify|verify_cert\w*|verify_?server_?certificate|reject_?unauthorized|check_hostname)${OFF_HERE}`,
      "i",
    ),
    CHECKED,
  ],
  [/\bssl-?mode[=\s]\s*["']?(?:disable|allow|prefer|require|verify[-_]ca)(?:d|red)?\b/i, "sslmode=verify-full"],
  [/\bsslmode:\s*(?:disable|allow|prefer|require)\b/i, "sslmode: verify-full"],
  [
    /[?&](?:tls|ssl|use_?ssl|use_?tls|encrypt)=(?:false|no|off|0|none|disabled?|skip-verify|prefer(?:red)?|allow|require)\b/i,
    ENCRYPTED,
  ],
  [/\bNODE_TLS_REJECT_UNAUTHORIZED=["']?0|\bPYTHONHTTPSVERIFY=["']?0|\bGIT_SSL_NO_VERIFY=/, CHECKED],
  [
    /\b(?:curl|wget)\b[^\n|;]*\s(?:-\w*k\w*|--insecure|--no-check-certificate)(?=\s|$)/,
    "a certificate that is checked, by --cacert",
  ],
  [
    /\s--?(?:[\w.-]*insecure(?:-skip-verify)?|no-?tls|skip-(?:tls-|ssl-)?verify|(?:disable|no|skip)-(?:tls|ssl)(?:-\w+)*|tls-?skip-?verify|ssl-no-verify|tlsAllowInvalid\w+)(?=\s|$)/i,
    CHECKED,
  ],
  [/\s--?(?:[\w.-]+[.-])?(?:tls|ssl|https)(?:[.-]enabled?)?=(?:false|no|off|0)\b/i, ENCRYPTED],
  [/\bStrictHostKeyChecking[= ]no\b/, "known host keys"],
  [
    /\bssl_cert_reqs=["']?(?:none|0)\b|\bCERT_NONE\b|\bcheck_hostname\s*=\s*False\b|\bverify\s*=\s*False\b/,
    "CERT_REQUIRED",
  ],
];
/** No line of the above is without one of these, and most texts are: so they need no further look. */
const HINT =
  /verify|insecure|ssl-?mode|invalid|reject|curl|wget|hostkey|cert_none|cert_reqs|check_hostname|trust|[lt]s=|sl=|crypt=|no-?tls|skip-|-(?:tls|ssl)[-.=]|https=|(?:able|no)-(?:tls|ssl)/i;

/** Whether a text may hold such a line. */
export const mayBeLoose = (text: string): boolean => HINT.test(text);

/** What a line of a program, of a command or of a file that nobody takes apart lets through. */
export function looseLine(line: string): LooseTrust | undefined {
  if (!mayBeLoose(line)) return undefined;
  for (const [pattern, expected] of LINES) {
    const found = pattern.exec(line);
    if (found !== null) return { text: found[0].trim(), expected };
  }
  return undefined;
}

const OFF_SETTING =
  /(?:tls|ssl|https|verif\w*|enabled?|active|\bon|required?|mode|unauthorized|hostname|certs?|secure|only)["']?\s*[:=]\s*(?:!!\w+\s+)?(?:["']?(?:false|f|no?|off|0|none|disabled?|insecure|plain\w*|allow|prefer\w*|require\w*|verify[-_]ca|cert_none)\b|\*\w)/i;
const NO_SETTING = /verif\w*\s*=\s*(?:''|"")?\s*$/im;
const ON_SETTING =
  /(?:insecure\w*|skip\w*|disabled?\w*|invalid\w*|trust\w*|plain_?text|no[-_]?\w+|without\w+)["']?\s*[:=]\s*(?:!!\w+\s+)?["']?(?:true|yes|on|1|enabled?|skip-verify)\b/i;

/** Whether a text may hold such a setting. */
export const maySwitch = (text: string): boolean =>
  OFF_SETTING.test(text) || ON_SETTING.test(text) || NO_SETTING.test(text);
