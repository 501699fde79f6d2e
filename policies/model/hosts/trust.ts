import { type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A place in a file where a program is told not to look at whom it talks to. */
export interface LooseTrust {
  /** `insecure_skip_verify: true`. */
  readonly text: string;
  readonly expected: string;
}

/** A file of a host with every such place. */
export interface TrustingFile {
  readonly at: Place;
  readonly loose: readonly LooseTrust[];
}

const OFF = String.raw`["']?\s*[:=(\s]\s*["']?(?:false|no|off|0|none|disabled?)\b`;
const ON = String.raw`["']?\s*[:=(\s]\s*["']?(?:true|yes|on|1|enabled?)\b`;

/** What a certificate is not looked at by, in the words of each program (documentations read 2026-11-22). */
const LOOSE: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`\b\w*(?:insecure_?skip_?verify|tls_?skip_?verify|skip_?tls_?verify|allow_?invalid_?(?:certificates|hostnames))\w*${ON}`,
      "i",
    ),
    "the certificate is checked",
  ],
  [
    new RegExp(
      String.raw`\b\w*(?:verify_ssl|ssl_verify|verify_client|verify_?tls|peer-verify|verify_cert\w*|reject_?unauthorized|check_hostname)${OFF}`,
      "i",
    ),
    "the certificate is checked",
  ],
  [/\bsslmode=(?:disable|allow|prefer|require|verify-ca)\b/i, "sslmode=verify-full"],
  [/\bsslmode:\s*(?:disable|allow|prefer|require)\b/i, "sslmode: verify-full"],
  [
    /\bNODE_TLS_REJECT_UNAUTHORIZED=["']?0|\bPYTHONHTTPSVERIFY=["']?0|\bGIT_SSL_NO_VERIFY=/,
    "the certificate is checked",
  ],
  [
    /\b(?:curl|wget)\b[^\n|;]*\s(?:-k|--insecure|--no-check-certificate)\b/,
    "a certificate that is checked, by --cacert",
  ],
  [/\bStrictHostKeyChecking[= ]no\b/, "known host keys"],
  [
    /\bssl_cert_reqs=["']?(?:none|0)\b|\bCERT_NONE\b|\bcheck_hostname\s*=\s*False\b|\bverify\s*=\s*False\b/,
    "CERT_REQUIRED",
  ],
];
/** Nothing of the above is without one of these: most texts need no further look. */
const HINTS = [
  ...["erify", "VERIFY", "nsecure", "INSECURE", "sslmode", "nvalid", "reject", "REJECT", "curl", "wget", "HostKey"],
  ...["CERT_NONE", "cert_reqs", "check_hostname"],
];
/** Have rules of their own, and nothing of this. */
const OTHERS =
  /\/nginx\/|nftables\.conf$|\.asc$|\/audit\/|\/sysctl|\/syslog-ng\/|\/platform\/|\/apt\/|\/chrony\/|resolv\.conf$/;
/** Scripts say what they do for people, comments say what they do not. */
const COMMENT = /^\s*(?:#|\/\/|;|"""|--)/;

const KNOWN = {};

/** Every text file that tells programs whom to trust. */
export const trustingFiles = kind<TrustingFile>("file that says whom to trust", ({ hosts, memory }) => {
  const known = memory.once(KNOWN, () => new Map<string, readonly LooseTrust[]>());
  const looseIn = ({ text }: HostFile): readonly LooseTrust[] => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = hints(text) ? text.split("\n").flatMap(looseOf) : [];
    known.set(text, found);
    return found;
  };
  return hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => !OTHERS.test(path))
      .map((file) => ({ at: placeOfHost(host, file.path), loose: looseIn(file) })),
  );
});

const hints = (text: string): boolean => HINTS.some((hint) => text.includes(hint));

function looseOf(line: string): readonly LooseTrust[] {
  if (!hints(line) || COMMENT.test(line)) return [];
  for (const [pattern, expected] of LOOSE) {
    const found = pattern.exec(line);
    if (found !== null) return [{ text: found[0].trim(), expected }];
  }
  return [];
}
