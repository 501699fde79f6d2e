import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { partyIn, permittedBy } from "./security-rules.ts";

/** What the message broker's stack and the authorities behind it make of the catalogue, in production. */

let estate: SynthesizedEstate;
let broker: Stack;
let pki: Stack;
beforeAll(() => {
  estate = synthesizeEstate("production");
  broker = estate.stack("production", "message-broker");
  pki = estate.stack("production", "pki");
});

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
const statementsOf = (stack: Stack, address: string): readonly Statement[] => {
  const found = stack.all("aws_iam_role_policy").find(({ name }) => name === address);
  if (found === undefined) throw new Error(`no policy ${address}`);
  return JSON.parse(found.args.policy).Statement;
};
const rules = () => permittedBy(broker.json, partyIn("message-broker"));

describe("the way in for message clients", () => {
  test("is 8001 on the load balancer for the known ranges, and on the proxies from the load balancer alone [BRK-3.1] [BRK-SEC.9]", () => {
    expect(
      rules()
        .ingress.filter((line) => line.endsWith("tcp/8001"))
        .sort(),
    ).toEqual([
      "198.51.100.0/24 -> message-broker/clients tcp/8001",
      "message-broker/clients -> message-broker/proxy tcp/8001",
    ]);
  });

  test("ends TLS on the proxies, one in each of two zones: the load balancer opens nothing", () => {
    const balancer = broker.all("aws_lb").find(({ args }) => args.load_balancer_type === "network");
    const group = broker.all("aws_lb_target_group").find(({ args }) => args.protocol === "TCP");
    const members = broker
      .all("aws_lb_target_group_attachment")
      .filter(({ args }) => args.target_group_arn === `\${${group?.address}.arn}`);

    expect(balancer?.args.name).toBe("prd-brk-clients");
    expect(group?.args).toMatchObject({ port: 8001, proxy_protocol_v2: true, preserve_client_ip: "false" });
    expect(members.map(({ args }) => args.target_id).sort()).toEqual([
      "${aws_instance.proxy-a_host.id}",
      "${aws_instance.proxy-b_host.id}",
    ]);
  });

  test("has its name in the public zone", () => {
    const record = broker.all("aws_route53_record").find(({ args }) => args.name === "broker.example.org");
    expect(record?.args.alias.name).toBe("${aws_lb.clients-balancer_lb.dns_name}");
  });
});

describe("main", () => {
  test("opens no connection but to the platform: none to the internet, none to proxy, worker or portal [BRK-15.1] [BRK-18.1]", () => {
    const targets = rules()
      .egress.filter((line) => line.startsWith("message-broker/main ->"))
      .map((line) => line.replace("message-broker/main -> ", "").replace(/ .*/, ""));

    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !/^(platform\/endpoint-|observability\/)/.test(target))).toEqual([]);
    expect(targets).not.toContain("platform/endpoint-mail");
  });

  test("is called on 8000 by proxy, worker and portal alone [BRK-15.4] [BRK-15.5]", () => {
    const callers = rules().ingress.filter((line) => line.endsWith("-> message-broker/main tcp/8000"));
    expect(callers.sort()).toEqual([
      "message-broker/portal -> message-broker/main tcp/8000",
      "message-broker/proxy -> message-broker/main tcp/8000",
      "message-broker/worker -> message-broker/main tcp/8000",
    ]);
  });
});

test("each role of the broker has hosts and a security group of its own, and nothing of it reaches the internet [BRK-4.5]", () => {
  const groups = broker.all("aws_security_group").map(({ name }) => name.replace("_group", ""));
  expect(groups.sort()).toEqual(["clients", "main", "portal", "proxy", "web", "worker"]);
  expect(rules().egress.filter((line) => /-> \d/.test(line))).toEqual([]);
});

test("the portal's load balancer takes TLS 1.2 and 1.3 and no older version [BRK-19.3]", () => {
  const listeners = broker.all("aws_lb_listener").filter(({ args }) => args.protocol === "HTTPS");
  expect(listeners.map(({ args }) => [args.port, args.ssl_policy])).toEqual([
    [443, expect.stringMatching(/^ELBSecurityPolicy-TLS13-1-2-/)],
  ]);
});

test("paths of administrators and of hosts are refused as the application reads them, however they are written [BRK-SEC.20]", () => {
  const rules: readonly { name: string; statement: unknown }[] = broker.one("aws_wafv2_web_acl").args.rule;
  const of = (name: string) => JSON.stringify(rules.find((rule) => rule.name === name)?.statement);

  for (const path of ["/admin", "/admin/"]) expect(of("narrowed-admin")).toContain(`"search_string":"${path}"`);
  for (const path of ["/internal", "/internal/"]) expect(of("hidden")).toContain(`"search_string":"${path}"`);
  for (const name of ["narrowed-admin", "hidden"]) {
    for (const undone of ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"]) expect(of(name)).toContain(undone);
  }
  expect(broker.one("aws_wafv2_ip_set").args.addresses).toEqual(["203.0.113.16/28"]);
});

describe("certificates of the broker", () => {
  const hostRoles = ["proxy", "main", "worker", "portal"];

  test("are issued by no host: each may ask the internal authority alone", () => {
    for (const host of hostRoles) {
      const issuing = statementsOf(broker, `${host}-role_policy`).filter(({ Action }) =>
        Action.includes("acm-pca:IssueCertificate"),
      );
      expect(issuing.map(({ Resource }) => Resource)).toEqual([
        ["${data.terraform_remote_state.pki.outputs.internalAuthorityArn}"],
      ]);
    }
  });

  test("can be checked by every host against the revocation list", () => {
    for (const host of hostRoles) {
      const fetching = statementsOf(broker, `${host}-role_policy`).find(({ Sid }) => Sid === "FetchRevocationList");
      expect(fetching).toEqual({
        Sid: "FetchRevocationList",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::prd-plt-broker-crl-333333333333/crl/*"],
      });
    }
  });

  test("come from an authority of their own, with a list of the revoked that is renewed within 7 days [BRK-26.5]", () => {
    const authorities = pki.all("aws_acmpca_certificate_authority").toReversed();
    expect(authorities.map(({ name, args }) => [name, args.usage_mode])).toEqual([
      ["internal_authority", "SHORT_LIVED_CERTIFICATE"],
      ["broker_authority", "GENERAL_PURPOSE"],
    ]);
    expect(authorities[1]?.args.revocation_configuration.crl_configuration).toEqual({
      enabled: true,
      expiration_in_days: 7,
      s3_bucket_name: "prd-plt-broker-crl-333333333333",
      s3_object_acl: "BUCKET_OWNER_FULL_CONTROL",
    });
  });

  test("have purpose and lifetime fixed by procedures: a year for clients, 90 days for hosts", () => {
    const procedures = pki.all("aws_ssm_document").map(({ args }) => {
      const { template, days } = JSON.parse(args.content).mainSteps[0].inputs.InputPayload;
      return [args.name, template.replace("arn:aws:acm-pca:::template/", ""), days];
    });
    expect(procedures).toEqual([
      ["prd-plt-broker-client", "EndEntityClientAuthCertificate/V1", 365],
      ["prd-plt-broker-host", "EndEntityCertificate/V1", 90],
    ]);
  });
});

test("key material goes to a bucket and a key apart from data [BRK-25.4] [BRK-SEC.28]", () => {
  const statements = statementsOf(broker, "main-role_policy").filter(({ Sid }) => Sid.startsWith("Backup"));
  const resources = new Map(statements.map(({ Sid, Resource }) => [Sid, Resource]));

  expect(resources.get("BackupDatabase")).toEqual(["arn:aws:s3:::prd-brk-vault-data-333333333333/database/*"]);
  expect(resources.get("BackupEncryptionKeys")).toEqual([
    "arn:aws:s3:::prd-brk-vault-keys-333333333333/encryption-keys/*",
  ]);
  expect(resources.get("BackupDatabaseKey")).toEqual(["${data.terraform_remote_state.vault.outputs.dataKeyArn}"]);
  expect(resources.get("BackupEncryptionKeysKey")).toEqual(["${data.terraform_remote_state.vault.outputs.keysKeyArn}"]);
});
