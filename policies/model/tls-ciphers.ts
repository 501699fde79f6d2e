/**
 * Names of OpenSSL for the suites of TLS 1.2 that Mozilla's "intermediate" guideline admits: forward secret, authenticated
 * encryption (Server Side TLS, version 5.7 of 2023-07-03, read 2026-11-22).
 */
const INTERMEDIATE: ReadonlySet<string> = new Set([
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "DHE-RSA-AES128-GCM-SHA256",
  "DHE-RSA-AES256-GCM-SHA384",
  "DHE-RSA-CHACHA20-POLY1305",
]);

/** Authenticated and ephemeral; `kDHE` and `kECDHE` would take anonymous ones in. */
const EPHEMERAL: ReadonlySet<string> = new Set(["ECDHE", "EECDH", "DHE", "EDH"]);
const AUTHENTICATED: ReadonlySet<string> = new Set(["AESGCM", "CHACHA20"]);

/**
 * What a cipher list of OpenSSL lets in beyond forward secret, authenticated suites: its words that do. Taking suites away
 * (`!`, `-`) and ordering (`@STRENGTH`) let in nothing; suites of TLS 1.3 are not governed by such a list.
 */
export const looseCiphers = (list: string): readonly string[] =>
  list.split(/[:, ]+/).filter((word) => word !== "" && !/^[!-]/.test(word) && !isStrict(word.replace(/^\+/, "")));

function isStrict(word: string): boolean {
  if (word === "@STRENGTH" || /^@SECLEVEL=[1-5]$/.test(word) || /^TLS_(?:AES|CHACHA20)_/.test(word)) return true;
  if (INTERMEDIATE.has(word)) return true;
  const parts = word.split("+");
  return parts.some((part) => EPHEMERAL.has(part)) && parts.some((part) => AUTHENTICATED.has(part));
}
