import type { LooseTrust } from "./loose-trust.ts";

const CHECKED = "the certificate is checked";
const OFF = String.raw`\s*[:=\s]\s*["']?(?:false|no|off|0)\b`;
const option = (names: string): RegExp => new RegExp(String.raw`^\s*["']?(?:${names})["']?${OFF}`, "i");

/**
 * Files by which a program knows no more whom it talks to, for all who use it: by path, and by a line of them (manuals of
 * curl 8.14, wget 1.25, Git 2.47, pip 25, npm 11, APT 3.0, DNF 4, OpenLDAP 2.6, OpenSSL 3.5, Ansible 2.19, 2026-11-23).
 */
const FILES: readonly (readonly [path: RegExp, line: RegExp, expected: string])[] = [
  [/\/[._]?curlrc$/, /^\s*-{0,2}(?:proxy-|doh-)?insecure\b|^\s*-k\b/i, CHECKED],
  [/\/\.?wgetrc$/, option("check_?certificate"), CHECKED],
  [/\/\.?gitconfig$|\/git\/config$/, option("sslverify"), CHECKED],
  [/\/\.?pip(?:\.conf|\.ini|\/pip\.conf)$/, /^\s*(?:global\.|install\.)?trusted-host\s*[=:]\s*\S/i, CHECKED],
  [/\/\.?npmrc$|\/\.yarnrc(?:\.ya?ml)?$/, option("strict-ssl|enableStrictSsl"), CHECKED],
  [/\/\.?condarc$/, option("ssl_verify"), CHECKED],
  [/\/apt\.conf(?:\.d\/[^/]+)?$/, /Verify-(?:Peer|Host)\s+"?(?:false|no|off|0|without)\b/i, CHECKED],
  [/\/(?:yum|dnf\/dnf)\.conf$|\/yum\.repos\.d\//, option("sslverify|proxy_sslverify"), CHECKED],
  [/\/(?:yum|dnf\/dnf)\.conf$|\/yum\.repos\.d\//, option("(?:repo_)?gpgcheck"), "packages that are signed"],
  [/\/\.?ldap(?:rc|\.conf)$/, /^\s*TLS_REQCERT\s+(?:never|allow|try)\b/i, "demand: the certificate is checked"],
  [/\/\.?ansible\.cfg$/, option("host_key_checking"), "known host keys"],
  [/\/openssl\.cnf$|\/openssl\.cnf\.d\//, /^\s*(?:\w+\.)?MinProtocol\s*=(?!\s*D?TLSv1\.[23]\s*(?:#|$))/i, "TLSv1.2"],
  [
    /\/openssl\.cnf$|\/openssl\.cnf\.d\//,
    /^\s*(?:\w+\.)?(?:CipherString|Ciphersuites)\s*=.*(?:@SECLEVEL=[01]\b|[\s=:+][ae]?NULL\b)/i,
    "suites of level 2",
  ],
  [
    /\/openssl\.cnf$|\/openssl\.cnf\.d\//,
    /^\s*(?:\w+\.)?Options\s*=.*\b(?<!-)UnsafeLegacy\w+/i,
    "no renegotiation that others may begin",
  ],
];

/** No path of the above is without one of these. */
const HINT = /rc$|rc\.ya?ml$|config$|pip|apt\.conf|\/(?:yum|dnf)|ldap|ansible\.cfg|openssl\.cnf/;

/** Every place of a file that is one of these; most are none. */
export function looseInFile(path: string, text: string): readonly LooseTrust[] {
  if (!HINT.test(path)) return [];
  const found = FILES.filter(([pattern]) => pattern.test(path));
  if (found.length === 0) return [];
  return text
    .split("\n")
    .filter((line) => !/^\s*(?:#|;|\/\/)/.test(line))
    .flatMap((line) =>
      found
        .filter(([, pattern]) => pattern.test(line))
        .slice(0, 1)
        .map(([, , expected]) => ({ text: line.trim(), expected })),
    );
}
