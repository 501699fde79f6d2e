import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A key with its certificate, PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
  /** Hexadecimal, as NGINX writes it. */
  readonly serial: string;
}

/** What a certificate is for, and until when it is good. */
export interface Asked {
  readonly names?: readonly string[];
  readonly purpose?: "clientAuth" | "serverAuth" | "serverAuth,clientAuth";
  readonly expired?: boolean;
}

/** An authority of one test that revokes, as the broker's does. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  /** Issues for a subject as openssl takes it: `/CN=client-1`. */
  readonly issue: (subject: string, asked?: Asked) => Identity;
  readonly revoke: (identity: Identity) => void;
  /** The revocation list of now, PEM. */
  readonly list: () => string;
}

const settings = (folder: string) => `
[ca]
default_ca = this
[this]
dir = ${folder}
database = $dir/index
new_certs_dir = $dir
serial = $dir/serial
crlnumber = $dir/crlnumber
certificate = $dir/ca.crt
private_key = $dir/ca.key
default_md = sha256
default_crl_days = 7
unique_subject = no
policy = any
[any]
organizationName = optional
organizationalUnitName = optional
commonName = supplied
`;

/** A new authority, with its files in a folder below one that the test removes. */
export function revokingAuthority(parent: string, name: string): Authority {
  const folder = mkdtempSync(join(parent, "authority-"));
  const at = (file: string) => join(folder, file);
  const openssl = (...args: readonly string[]) =>
    execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  writeFileSync(at("settings"), settings(folder));
  writeFileSync(at("index"), "");
  writeFileSync(at("crlnumber"), "01\n");
  const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-subj",
    `/CN=${name}`,
    "-days",
    "2",
    ...usage,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
  );
  return {
    certificate: readFileSync(at("ca.crt"), "utf8"),
    issue: (subject, { names = [], purpose = "clientAuth", expired = false } = {}) => {
      const alternative = names.length === 0 ? [] : [`subjectAltName=${names.map((each) => `DNS:${each}`).join(",")}`];
      writeFileSync(at("extensions"), [`extendedKeyUsage=${purpose}`, ...alternative].join("\n"));
      openssl("req", "-new", ...newKey, "-subj", subject, "-keyout", "new.key", "-out", "new.csr");
      const time = expired ? ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"] : ["-days", "1"];
      const files = ["-in", "new.csr", "-out", "new.crt", "-extfile", "extensions"];
      openssl("ca", "-batch", "-config", "settings", "-rand_serial", "-notext", "-subj", subject, ...time, ...files);
      return {
        certificate: readFileSync(at("new.crt"), "utf8"),
        key: readFileSync(at("new.key"), "utf8"),
        serial: openssl("x509", "-noout", "-serial", "-in", "new.crt").trim().replace("serial=", ""),
      };
    },
    revoke: ({ certificate }) => {
      writeFileSync(at("revoked.crt"), certificate);
      openssl("ca", "-config", "settings", "-revoke", "revoked.crt");
    },
    list: () => {
      openssl("ca", "-config", "settings", "-gencrl", "-out", "list.pem");
      return readFileSync(at("list.pem"), "utf8");
    },
  };
}

/** A folder of files, made anew; for places that a configuration names. */
export function filesIn(folder: string, files: Readonly<Record<string, string>>): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return folder;
}
