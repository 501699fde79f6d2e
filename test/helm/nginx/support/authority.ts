import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An authority of one test, and where its files are. */
export interface Authority {
  readonly folder: string;
  /** PEM. */
  readonly certificate: string;
}

/** A certificate with its key and authority, as pods find them: PEM, and the folder that stands for /etc/tls. */
export interface Identity {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
}

const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] });

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A new authority below a folder. */
export function authority(parent: string, name = "internal"): Authority {
  const folder = join(parent, `authority-${name}`);
  mkdirSync(folder, { recursive: true });
  const certificate = join(folder, "ca.crt");
  const extensions = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
  const files = ["-keyout", join(folder, "ca.key"), "-out", certificate];
  openssl("req", "-x509", ...newKey, "-subj", `/CN=${name}`, "-days", "2", ...extensions, ...files);
  return { folder, certificate: readFileSync(certificate, "utf8") };
}

/**
 * Issues a certificate for both ends of a connection, into a folder of its own: `tls.crt`, `tls.key`, `ca.crt`. Issued
 * again under the same name, it replaces the files. A subject is written as openssl takes it: `/CN=api.records`.
 */
export function issue(by: Authority, subject: string, dnsNames: readonly string[] = []): Identity {
  const folder = join(by.folder, subject.replaceAll(/[^\w.-]/g, "_"));
  mkdirSync(folder, { recursive: true });
  const [certificate, key, request, extensions] = ["tls.crt", "tls.key", "request", "extensions"].map((file) =>
    join(folder, file),
  ) as [string, string, string, string];
  const names = dnsNames.length === 0 ? [] : [`subjectAltName=${dnsNames.map((name) => `DNS:${name}`).join(",")}`];
  writeFileSync(extensions, ["extendedKeyUsage=serverAuth,clientAuth", ...names].join("\n"));
  openssl("req", "-new", ...newKey, "-subj", subject, "-keyout", key, "-out", request);
  const signer = ["-CA", join(by.folder, "ca.crt"), "-CAkey", join(by.folder, "ca.key"), "-CAcreateserial"];
  openssl("x509", "-req", "-in", request, ...signer, "-days", "1", "-extfile", extensions, "-out", certificate);
  copyFileSync(join(by.folder, "ca.crt"), join(folder, "ca.crt"));
  return { folder, certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
}
