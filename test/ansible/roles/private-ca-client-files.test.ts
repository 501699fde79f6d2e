import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { privateCaClient } from "../../../ansible/inventory/roles/private-ca-client.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { type Cloud, startCloud } from "../support/cloud.ts";
import { signedBy } from "./private-ca-client/host.ts";

/** What the program leaves on the broker's hosts, told by their own variables, below a folder instead of `/`. */

let cloud: Cloud;
let group: string;
beforeAll(async () => {
  cloud = await startCloud();
  group = (await cloud.python("import grp, os; print(end=grp.getgrgid(os.getgid()).gr_name)", [])).out;
});
afterAll(() => cloud.stop());

const [dev] = catalogue.environments;
if (dev === undefined) throw new Error("no environment");
const { groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, dev), [privateCaClient]);

interface Told {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  readonly owner?: string;
}
let root: string;
const below = (path: string) => join(root, path);

/** Settings of a host as its template writes them; whoever runs this stands for the accounts of the host. */
function prepare(component: string): readonly Told[] {
  const told = groupVars[`message_broker_${component}`] ?? {};
  const certificates = JSON.parse(JSON.stringify(told["private_ca_client_certificates"])) as readonly Told[];
  const moved = certificates.map(({ owner, ...each }) => ({
    ...each,
    certificate: below(each.certificate),
    key: below(each.key),
    authority: below(each.authority),
    group,
    ...(owner === undefined ? {} : { owner: userInfo().username }),
  }));
  const register = told["private_ca_client_register"];
  for (const { certificate } of moved) mkdirSync(dirname(certificate), { recursive: true });
  mkdirSync(below("metrics"));
  const broker = moved[0] ?? { authority: "" };
  writeFileSync(
    below("certificates.json"),
    JSON.stringify({
      region: "eu-central-1",
      state: below("state"),
      metrics: below("metrics"),
      names: hostVars[`dev-brk-${component}-a`]?.["private_ca_client_names"],
      certificates: moved,
      reloads: [],
      revocation: {
        bucket: "crl",
        key_parameter: "/dev/pki/broker-crl",
        file: join(dirname(broker.authority), "ca.crl"),
        authority: broker.authority,
        reloads: [],
      },
      register: typeof register === "string" ? below(register) : "",
    }),
  );
  return certificates;
}

const run = (module: "program" | "revocation" | "register", ...args: readonly string[]) =>
  cloud.python(
    `import sys; from certificates import ${module}; sys.exit(${module}.main(["--configuration", *sys.argv[1:]]))`,
    [below("certificates.json"), ...args],
  );

/** All that a host has of its certificates, from nothing. */
async function installed(component: string): Promise<readonly Told[]> {
  root = mkdtempSync(join(cloud.folder, "host-"));
  const told = prepare(component);
  await run("program");
  const { out: csr } = await run("program", "--request");
  const { code, err } = await run(
    "program",
    "--install",
    await signedBy(cloud, csr, { template: "EndEntityCertificate", days: 90 }),
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return told;
}

const visible = (folder: string) =>
  readdirSync(below(folder))
    .filter((name) => !name.startsWith("."))
    .toSorted();
const mode = (path: string) => (statSync(below(path)).mode & 0o777).toString(8);
/** Files below a folder as they really are: the present ones are reached by a link, too. */
const everyFile = (folder: string) => {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) =>
    realpathSync(join(folder, path)),
  );
  return [...new Set(paths)].filter((path) => statSync(path).isFile());
};

describe.each([
  ["proxy", "/opt/message_broker_proxy/proxy/certs", "proxy"],
  ["main", "/opt/message_broker/main_server/certs", "server"],
] as const)("on %s", (component, folder, name) => {
  let told: readonly Told[];
  beforeAll(async () => {
    told = await installed(component);
  });

  test("certificate, key and authority have the names and the modes of the requirement [BRK-6.1] [BRK-6.3] [BRK-6.4] [BRK-6.5] [BRK-13.8]", () => {
    expect(visible(folder)).toEqual(["ca.crt", `${name}.crt`, `${name}.key`]);
    expect([`${name}.key`, `${name}.crt`, "ca.crt"].map((file) => mode(join(folder, file)))).toEqual([
      "600",
      "644",
      "644",
    ]);
    expect(statSync(below(join(folder, `${name}.key`))).uid).toBe(userInfo().uid);
  });

  test("the key is an account's own, and what programs share a group reads [BRK-6.3]", () => {
    expect(told.map(({ owner }) => owner)).toEqual([`broker-${component}`, undefined]);
    expect(mode("/etc/message-broker/tls/tls.key")).toBe("640");
  });

  test("nothing is an authority's key, and no key is there twice [BRK-16.1]", () => {
    const keys = everyFile(root).filter((path) => readFileSync(path, "utf8").includes("PRIVATE KEY"));

    expect(keys.map((path) => path.split("/").at(-1)).toSorted()).toEqual([`${name}.key`, "tls.key"]);
  });

  test("what people signed is for the host's names and both ends, by a procedure of theirs [BRK-5.2]", () => {
    const { subject, subjectAltName, keyUsage, issuer } = new X509Certificate(
      readFileSync(below(join(folder, `${name}.crt`))),
    );
    const domain = `${component}-a.message-broker.dev.internal.example.org`;

    expect(subject).toContain(`CN=${domain}`);
    expect(subjectAltName?.split(", ")).toEqual(
      expect.arrayContaining([`DNS:${domain}`, `DNS:${component}.message-broker.dev.internal.example.org`]),
    );
    expect(keyUsage.toSorted()).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    expect(issuer).toContain("Broker authority");
    expect(groupVars[`message_broker_${component}`]?.["private_ca_client_procedure"]).toMatch(/broker-host$/);
  });
});

describe("main's register", () => {
  const register = "/opt/message_broker/main_server/certs/clients";
  const metrics = (name: string) => readFileSync(below(`metrics/${name}.prom`), "utf8");

  beforeEach(async () => {
    await installed("main");
    mkdirSync(below(register));
    for (const [name, days] of [
      ["acme", 365],
      ["soon", 29],
    ] as const) {
      const { out: csr } = await cloud.python(
        "import sys; from certificates import signing; print(signing.request(signing.new_key(), (sys.argv[1],)).decode(), end='')",
        [name],
      );
      await run(
        "register",
        "--register",
        await signedBy(cloud, csr, { template: "EndEntityClientAuthCertificate", days }),
      );
    }
  });

  test("keeps a certificate in a folder of its client, and no key [BRK-16.2]", () => {
    const folder = realpathSync(below(register));
    const files = everyFile(folder).map((path) => relative(folder, path));

    expect(files.map((path) => path.replace(/[0-9a-f]{20,}/, "<serial>")).toSorted()).toEqual([
      "acme/<serial>.crt",
      "soon/<serial>.crt",
    ]);
    for (const path of files) {
      expect(readFileSync(below(join(register, path)), "utf8")).toMatch(
        /^-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n$/,
      );
    }
  });

  test("tells which certificates end within 30 days, and when: clients' and the host's own [BRK-30.1] [BRK-31.10]", async () => {
    await run("register");
    const days = (pattern: string) => {
      const [, end] =
        new RegExp(`^broker_certificate_not_after_timestamp_seconds\\{${pattern}\\} (\\d+)$`, "m").exec(
          metrics("broker-certificates"),
        ) ?? [];
      return Math.round((Number(end) - Date.now() / 1_000) / 86_400);
    };

    expect(days('name="soon",serial="[^"]+",status="expiring",[^}]*')).toBe(29);
    expect(days('name="acme",serial="[^"]+",status="active",[^}]*')).toBe(365);
    expect(days('name="main-a\\.[^"]+",serial="[^"]+",status="active",[^}]*')).toBe(90);
  });

  test("ends of the host's certificates and of the revocation list are points in time for alerts [BRK-31.16]", async () => {
    await run("revocation");
    const own = [
      ...metrics("platform-certificates").matchAll(
        /^platform_certificate_not_after_timestamp_seconds\{authority="(\w+)"[^}]*\} (\d+)/gm,
      ),
    ];
    const left = Number(/^broker_crl_next_update_timestamp_seconds\{[^}]*\} (\d+)$/m.exec(metrics("broker-crl"))?.[1]);

    expect(
      own.map(([, authority, end]) => [authority, Math.round((Number(end) - Date.now() / 1_000) / 86_400)]),
    ).toEqual([
      ["broker", 90],
      ["internal", 7],
    ]);
    expect(Math.round((left - Date.now() / 1_000) / 86_400)).toBe(7);
  });
});
