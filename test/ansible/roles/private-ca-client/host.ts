import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Cloud, type Ended, type RunOptions, startCloud } from "../../support/cloud.ts";

/** Names of the host that tests know. */
export const names = ["proxy-a.broker.internal", "proxy.broker.internal", "localhost"];

/** A host with a certificate of each authority and the register of main, new for each test, and a cloud that they share. */
export interface CertificateHost {
  readonly cloud: () => Cloud;
  /** Folder of the host. */
  readonly host: () => string;
  /** Where the broker's certificates lie. */
  readonly certs: () => string;
  /** Where the internal authority's lie. */
  readonly internal: () => string;
  /** What a program says to Prometheus. */
  readonly metric: (file: string) => string;
  /** Runs a program of the role, some days from now. */
  readonly run: (
    module: "program" | "revocation" | "register",
    args?: readonly string[],
    days?: number,
    more?: RunOptions,
  ) => Promise<Ended>;
  /** The host's request to the broker's authority. */
  readonly request: () => Promise<string>;
  /** Has a request signed as the procedure does: by people, who may ask the broker's authority. Path of the certificate. */
  readonly signed: (csr: string, wrong?: Signing) => Promise<string>;
  /** A client's certificate, as the procedure gives it; its path. */
  readonly client: (name: string, days?: number) => Promise<string>;
  /** Has the broker's authority revoke a certificate. */
  readonly revoke: (serial: string) => Promise<unknown>;
}

interface Signing {
  readonly template?: string;
  readonly days?: number;
  readonly authority?: string;
}

export const certificateAt = (path: string) => new X509Certificate(readFileSync(path));

const shifted = (module: string, days: number) => `
import datetime, sys
from certificates import judge, ${module}
real = judge.now
judge.now = lambda: real() + datetime.timedelta(days=${days})
sys.exit(${module}.main(["--configuration", sys.argv[1], *sys.argv[2:]]))
`;

/** Settings of the programs on a host in this folder. */
function settingsOf(host: string, group: string) {
  const certs = join(host, "certs");
  const place = (directory: string, name: string, days: number, issuer: string) => ({
    name: issuer === "host" ? "internal" : "broker",
    authority_parameter: `/dev/pki/${issuer === "host" ? "internal" : "broker"}-authority`,
    certificate: join(directory, `${name}.crt`),
    key: join(directory, `${name}.key`),
    authority: join(directory, "ca.crt"),
    group,
    days,
    issued_by: issuer,
  });
  return {
    region: "eu-central-1",
    state: join(host, "state"),
    metrics: join(host, "metrics"),
    names,
    certificates: [place(join(host, "tls"), "tls", 7, "host"), place(certs, "proxy", 90, "people")],
    reloads: [`touch ${join(host, "reloaded")}`],
    revocation: {
      bucket: "crl",
      key_parameter: "/dev/pki/broker-crl",
      file: join(certs, "ca.crl"),
      authority: join(certs, "ca.crt"),
      reloads: ["systemctl reload no-such-unit.service"],
    },
    register: join(certs, "clients"),
  };
}

/** Makes one for each test of a file. */
export function certificateHost(): CertificateHost {
  let started: Cloud | undefined;
  let folder = "";
  const cloud = () => {
    if (started === undefined) throw new Error("the cloud has not started");
    return started;
  };
  beforeAll(async () => {
    started = await startCloud();
  });
  afterAll(() => started?.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(cloud().folder, "host-"));
    for (const each of ["metrics", "tls", "certs", "certs/clients"]) mkdirSync(join(folder, each));
    const { out: group } = await cloud().python("import grp, os; print(end=grp.getgrgid(os.getgid()).gr_name)", []);
    writeFileSync(join(folder, "certificates.json"), JSON.stringify(settingsOf(folder, group)));
  });
  const run: CertificateHost["run"] = (module, args = [], days = 0, more = {}) =>
    cloud().python(shifted(module, days), [join(folder, "certificates.json"), ...args], more);
  return {
    cloud,
    host: () => folder,
    certs: () => join(folder, "certs"),
    internal: () => join(folder, "tls"),
    metric: (file) => readFileSync(join(folder, "metrics", `${file}.prom`), "utf8"),
    run,
    request: async () => (await run("program", ["--request"])).out,
    signed: (csr, wrong) => signedBy(cloud(), csr, wrong),
    client: async (name, days = 365) => {
      const { out: csr } = await cloud().python(
        "import sys; from certificates import signing; print(signing.request(signing.new_key(), (sys.argv[1],)).decode(), end='')",
        [name],
      );
      return signedBy(cloud(), csr, { template: "EndEntityClientAuthCertificate", days });
    },
    revoke: (serial) =>
      cloud().authorities("RevokeCertificate", {
        CertificateAuthorityArn: `${cloud().arn}broker`,
        CertificateSerial: serial,
        RevocationReason: "KEY_COMPROMISE",
      }),
  };
}

/** Has a request signed as the procedure does; the path of the certificate. */
export async function signedBy(
  cloud: Cloud,
  csr: string,
  { template = "EndEntityCertificate", days = 90, authority = "broker" }: Signing = {},
): Promise<string> {
  const of = { CertificateAuthorityArn: `${cloud.arn}${authority}` };
  const { CertificateArn } = await cloud.authorities("IssueCertificate", {
    ...of,
    Csr: Buffer.from(csr).toString("base64"),
    TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
    Validity: { Type: "DAYS", Value: days },
  });
  await new Promise((later) => setTimeout(later, 300));
  const { Certificate = "" } = await cloud.authorities("GetCertificate", { ...of, CertificateArn });
  const path = join(mkdtempSync(join(cloud.folder, "signed-")), "signed.crt");
  writeFileSync(path, Certificate);
  return path;
}
