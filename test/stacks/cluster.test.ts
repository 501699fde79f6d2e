import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";
import { differences, partyIn, permittedBy } from "./security-rules.ts";

/** What services on pods share, in production and where everything may be deleted. */

let estate: SynthesizedEstate;
let stack: Stack;
beforeAll(() => {
  estate = synthesizeEstate("production", "dev");
  stack = estate.stack("production", "cluster");
});

const policyOf = (address: string) => statementsOf(resourceOf(stack, address).policy);
const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;

describe("security group rules of the cluster", () => {
  test("permit exactly its declared flows, those of Prometheus to its API among them", () => {
    const [environment] = estate.index.environments.filter(({ name }) => name === "production");
    const lines = (environment?.flows ?? [])
      .filter(({ transport }) => transport !== "link-local")
      .flatMap(({ from, to, protocol, ports }) => ports.map((port) => `${from} -> ${to} ${protocol}/${port}`));
    const permitted = permittedBy(stack.json, partyIn("cluster"));

    expect(lines.length).toBe(10);
    expect(lines).toContain("observability/prometheus -> platform/cluster tcp/443");
    expect(differences({ egress: lines, ingress: lines }, permitted)).toEqual({ missing: [], undeclared: [] });
  });

  test("are reached by the nodes of every service with pods on 443, and reach their kubelets", () => {
    for (const service of ["desktop-backend", "resident-services", "student-allocation"]) {
      const { egress, ingress } = permittedBy(estate.stack("production", service).json, partyIn(service));

      for (const rules of [egress, ingress]) {
        expect(rules.filter((line) => line.includes("platform/cluster")).sort()).toEqual(
          [`${service}/nodes -> platform/cluster tcp/443`, `platform/cluster -> ${service}/nodes tcp/10250`].sort(),
        );
      }
    }
  });
});

describe("the cluster", () => {
  test("stands in subnets of its own, which have no way to the internet", () => {
    const network = estate.stack("production", "network");
    const { subnet_ids } = stack.one("aws_eks_cluster").args.vpc_config;

    expect(subnet_ids).toEqual(
      ["a", "b", "c"].map((zone) => `\${data.terraform_remote_state.network.outputs.subnetIds["app-cluster-${zone}"]}`),
    );
    expect(network.all("aws_subnet").filter(({ name }) => name.includes("app-cluster")).length).toBe(3);
    expect(network.all("aws_route").filter(({ name }) => name.includes("app-cluster"))).toEqual([]);
  });

  test("keeps its logs, which say who did what, as long as other records", () => {
    expect(stack.one("aws_cloudwatch_log_group").args).toMatchObject({
      name: "/aws/eks/prd-plt-cluster/cluster",
      retention_in_days: 400,
      kms_key_id: "${data.terraform_remote_state.audit.outputs.logsKeyArn}",
    });
  });

  test("has the version that all else is made for", () => {
    expect(stack.one("aws_eks_cluster").args.version).toBe("1.36");
  });

  test("can be deleted where that is accepted, and nowhere else", () => {
    const protectedOf = (environment: string) => {
      const { deletion_protection, lifecycle } = estate.stack(environment, "cluster").one("aws_eks_cluster").args;
      return [deletion_protection, lifecycle.prevent_destroy];
    };
    expect([protectedOf("production"), protectedOf("dev")]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test("lets its creator hand the key of secrets to EKS, and itself alone use it", () => {
    const {
      OnlyBreakGlassTakesTheKeyAway: _,
      AccountAdministersByIam: __,
      ...rest
    } = policyOf("aws_kms_key.secrets-key_key");

    expect(rest).toMatchObject({
      NamedRolesUse: { Condition: { ArnLike: { "aws:PrincipalArn": [role("prd-plt-cluster")] } } },
      NamedRolesDelegateToAws: {
        Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
        // No more than this: EKS does not say that the grant is for a resource of AWS.
        Condition: { ArnLike: { "aws:PrincipalArn": [role("prd-plt-apply"), role("prd-plt-break-glass")] } },
      },
    });
    expect(Object.keys(rest).length).toBe(2);
  });

  test("encrypts volumes of nodes with the key of the service whose pods they run", () => {
    const { EncryptVolumes } = policyOf("aws_iam_role_policy.cluster-role_policy");
    const admitted = (service: string) =>
      statementsOf(estate.stack("production", service).all("aws_kms_key")[0]?.args.policy)["NamedRolesUse"]?.Condition[
        "ArnLike"
      ]?.["aws:PrincipalArn"] ?? [];

    expect(EncryptVolumes?.Condition["ForAnyValue:StringEquals"]).toEqual({
      // The last is what volumes of the pool for add-ons fall back on.
      "kms:ResourceAliases": [
        "alias/prd-alc-data",
        "alias/prd-mun-data",
        "alias/prd-nod-data",
        "alias/prd-plt-volumes",
      ],
    });
    expect(admitted("desktop-backend")).toContain(role("prd-plt-cluster"));
    expect(admitted("ticketing")).not.toContain(role("prd-plt-cluster"));
  });
});

describe("the cluster's API", () => {
  test("is for charts, emergencies, whoever is on call without secrets, and Prometheus: nobody else has an entry", () => {
    const entries = stack.all("aws_eks_access_entry").map(({ args }) => [args.principal_arn, args.kubernetes_groups]);
    const policies = stack
      .all("aws_eks_access_policy_association")
      .map(({ args }) => [args.principal_arn, args.policy_arn.split("/")[1], args.access_scope]);
    const entry = (name: string) => `\${aws_eks_access_entry.access-${name}_entry.principal_arn}`;

    expect(entries).toEqual([
      [role("prd-plt-apply"), []],
      [role("prd-plt-break-glass"), []],
      [role("prd-plt-operator"), ["platform:operators"]],
      [role("prd-obs-prometheus"), ["platform:prometheus"]],
    ]);
    expect(policies).toEqual([
      [entry("apply"), "AmazonEKSClusterAdminPolicy", { type: "cluster" }],
      [entry("break-glass"), "AmazonEKSClusterAdminPolicy", { type: "cluster" }],
      [
        entry("operator"),
        "AmazonEKSViewPolicy",
        { type: "namespace", namespaces: ["desktop-backend", "resident-services", "student-allocation"] },
      ],
    ]);
  });

  test("is reached from outside by a session that leads nowhere else, and found by Prometheus in parameters", () => {
    const { content, name } = stack.one("aws_ssm_document").args;

    expect(name).toBe("prd-plt-cluster-api");
    expect(content).toContain('"host":"${trimprefix(aws_eks_cluster.cluster_cluster.endpoint, "https://")}"');
    expect(stack.all("aws_ssm_parameter").map(({ args }) => args.name)).toEqual([
      "/production/cluster/certificate-authority",
      "/production/cluster/endpoint",
    ]);
  });
});

describe("add-ons", () => {
  test("give figures for autoscaling, certificates and secrets, all managed by AWS", () => {
    expect(stack.all("aws_eks_addon").map(({ args }) => args.addon_name)).toEqual([
      "cert-manager",
      "metrics-server",
      "aws-privateca-connector-for-kubernetes",
      "aws-secrets-store-csi-driver-provider",
    ]);
  });

  test("issue certificates of pods from the internal authority: for servers and clients, never another authority", () => {
    const authority = ["${data.terraform_remote_state.pki.outputs.internalAuthorityArn}"];
    const { IssueCertificates, ReadCertificates } = policyOf("aws_iam_role_policy.private-ca-role_policy");

    expect(IssueCertificates).toMatchObject({ Action: ["acm-pca:IssueCertificate"], Resource: authority });
    expect(IssueCertificates?.Condition["StringEquals"]?.["acm-pca:TemplateArn"]).toEqual([
      "arn:aws:acm-pca:::template/EndEntityCertificate/V1",
      "arn:aws:acm-pca:::template/EndEntityClientAuthCertificate/V1",
      "arn:aws:acm-pca:::template/EndEntityServerAuthCertificate/V1",
    ]);
    expect(ReadCertificates?.Resource).toEqual(authority);
  });

  test("come from the registry of AWS, whose names resolve and whose images pass the endpoints", () => {
    const network = estate.stack("production", "network");
    const pulls = (service: string) =>
      statementsOf(resourceOf(network, `aws_vpc_endpoint.endpoints_${service}`).policy)["PullFromNamedRegistries"];
    const resolved = network
      .all("aws_route53_resolver_firewall_domain_list")
      .flatMap(({ args }) => args.domains as string[]);

    for (const service of ["ecr-api", "ecr-dkr"]) {
      expect(pulls(service)?.Resource).toEqual(["arn:aws:ecr:eu-central-1:602401143452:repository/*"]);
    }
    expect(resolved).toEqual(
      expect.arrayContaining([
        "*.dkr.ecr.eu-central-1.amazonaws.com",
        "*.eu-central-1.eks.amazonaws.com",
        "eks-auth.eu-central-1.api.aws",
      ]),
    );
  });
});

describe("the registry", () => {
  test("has a repository for each image of the catalogue that we build or copy, and a cache for the others", () => {
    expect(stack.all("aws_ecr_repository").map(({ args }) => args.name)).toEqual(
      [
        "backup-tools",
        "celery-exporter",
        "clamav",
        "desktop-backend",
        "edge",
        "log-shipper",
        "resident-api",
        "resident-frontend",
        "student-allocation",
      ].map((image) => `platform/${image}`),
    );
    expect(stack.all("aws_ecr_pull_through_cache_rule").map(({ args }) => args.upstream_registry_url)).toEqual([
      "quay.io",
    ]);
  });

  test("takes images from the publisher alone", () => {
    for (const { args } of stack.all("aws_ecr_repository_policy")) {
      expect(statementsOf(args.policy)["OnlyNamedRolesPush"]?.Condition).toEqual({
        ArnNotLike: { "aws:PrincipalArn": [role("prd-plt-publish")] },
      });
    }
  });
});
