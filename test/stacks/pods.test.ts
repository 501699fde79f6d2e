import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";
import { partyIn, permittedBy } from "./security-rules.ts";

/** What the stacks of the services on pods make, in production. */

const environment = "production";
const services = ["desktop-backend", "student-allocation"] as const;

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate(environment);
});
const stackOf = (service: string): Stack => estate.stack(environment, service);
describe.each(services)("%s", (service) => {
  test("has no way to the internet, and none in but its load balancer", () => {
    const { egress, ingress } = permittedBy(stackOf(service).json, partyIn(service));

    expect(egress.filter((line) => /-> \d/.test(line))).toEqual([]);
    expect(ingress.filter((line) => /^\d/.test(line)).every((line) => line.includes(`-> ${service}/web tcp/`))).toBe(
      true,
    );
  });

  test("has one group for all its pods and their nodes, named so that a node class finds it", () => {
    const names = stackOf(service)
      .all("aws_security_group")
      .map(({ args }) => args.tags.Name);

    expect(names.filter((name) => name.endsWith("-nodes")).length).toBe(1);
    expect(names.some((name) => name.endsWith("-backend") || name.endsWith("-api"))).toBe(false);
  });

  test("has target groups that the cluster may bind pods to: by address, and with its name", () => {
    const groups = stackOf(service).all("aws_lb_target_group");

    expect(groups.length).toBe(1);
    for (const { args } of groups) {
      expect([args.target_type, args.tags["eks:eks-cluster-name"]]).toEqual([
        "ip",
        "${data.terraform_remote_state.cluster.outputs.name}",
      ]);
    }
  });
});

describe("roles of pods", () => {
  const accounts = (service: string) =>
    stackOf(service)
      .all("aws_eks_pod_identity_association")
      .map(({ args }) => `${args.namespace}/${args.service_account}`)
      .sort();

  test("are there for whoever has a right at AWS, and for nobody else", () => {
    expect(accounts("desktop-backend")).toEqual(
      ["backend", "dump", "migrate", "rotation-check", "verify-dump"].map((name) => `desktop-backend/${name}`),
    );
    expect(accounts("student-allocation")).toEqual(
      ["api", "api-keys", "dump", "logins", "migrate", "rotation-check"].map((name) => `student-allocation/${name}`),
    );
  });

  test("[NOD-2.3] read their own secrets through Pod Identity: there is no key of AWS to keep", () => {
    const stack = stackOf("desktop-backend");
    const { OwnSecrets } = statementsOf(resourceOf(stack, "aws_iam_role_policy.backend-role_role_policy").policy);

    expect(OwnSecrets?.Resource?.map((arn) => /\.([a-z-]+)_secret\./.exec(arn)?.[1])).toEqual([
      "jwt-signing-key",
      "encryption-key",
      "db-app",
      "metrics-token",
    ]);
    for (const type of ["aws_iam_access_key", "aws_iam_user"]) {
      expect([type, services.flatMap((service) => stackOf(service).all(type))]).toEqual([type, []]);
    }
  });

  test("are taken by pods of one account of this cluster", () => {
    const { Statement } = JSON.parse(
      resourceOf(stackOf("desktop-backend"), "aws_iam_role.dump-role_role_role").assume_role_policy,
    );

    expect(Statement[0].Condition.StringEquals).toEqual({
      "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:333333333333:cluster/prd-plt-cluster",
      "aws:RequestTag/kubernetes-namespace": "desktop-backend",
      "aws:RequestTag/kubernetes-service-account": "dump",
    });
  });

  test("that ask for the age of secrets read none of them", () => {
    const stack = stackOf("desktop-backend");
    const statements = statementsOf(resourceOf(stack, "aws_iam_role_policy.rotation-check-role_role_policy").policy);

    expect(Object.keys(statements)).toEqual(["AgesOfSecrets"]);
    expect(statements["AgesOfSecrets"]?.Action).toEqual(["secretsmanager:DescribeSecret"]);
    expect(statements["AgesOfSecrets"]?.Resource).toHaveLength(stack.all("aws_secretsmanager_secret").length);
  });

  test("that write a backup cannot read it, and that verify one can write none", () => {
    const stack = stackOf("desktop-backend");
    const actions = (name: string) =>
      Object.entries(statementsOf(resourceOf(stack, `aws_iam_role_policy.${name}-role_role_policy`).policy))
        .flatMap(([, { Action }]) => Action)
        .filter((action) => action.startsWith("s3:"));

    expect(actions("dump")).toEqual(["s3:AbortMultipartUpload", "s3:PutObject"]);
    expect(actions("verify-dump")).toEqual(["s3:GetObject", "s3:ListBucket"]);
  });
});
