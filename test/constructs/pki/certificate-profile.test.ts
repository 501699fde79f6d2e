import { describe, expect, test } from "vitest";
import { CertificateProfile, type CertificateProfileProps } from "../../../constructs/pki/certificate-profile.ts";
import { synth } from "../../support/synth.ts";

const authority = "arn:aws:acm-pca:eu-central-1:111111111111:certificate-authority/0a1b";
const withProps = (props: Partial<CertificateProfileProps> = {}) =>
  synth((scope) => {
    new CertificateProfile(scope, "client", {
      name: "example-client",
      description: "a client proves itself",
      accountId: "111111111111",
      authorityArn: authority,
      purpose: "client",
      validityDays: 365,
      ...props,
    });
  });
const procedure = (stack: ReturnType<typeof withProps>) => JSON.parse(stack.one("aws_ssm_document").args.content);

describe("a certificate profile", () => {
  test("issues one purpose for one lifetime, whatever its caller asks for", () => {
    const { parameters, mainSteps } = procedure(withProps());

    expect(Object.keys(parameters)).toEqual(["Request"]);
    expect(mainSteps).toHaveLength(1);
    expect(mainSteps[0].inputs.InputPayload).toEqual({
      authority,
      days: 365,
      request: "{{ Request }}",
      template: "arn:aws:acm-pca:::template/EndEntityClientAuthCertificate/V1",
    });
  });

  test("acts by a role of its own that may use this template alone, for this account's procedures alone", () => {
    const stack = withProps({ purpose: "both" });

    expect(procedure(stack).assumeRole).toBe("${aws_iam_role.client_issuer_role.arn}");
    expect(JSON.parse(stack.one("aws_iam_role").args.assume_role_policy).Statement).toEqual([
      {
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        Effect: "Allow",
        Principal: { Service: ["ssm.amazonaws.com"] },
        Sid: "Service",
      },
    ]);
    expect(JSON.parse(stack.one("aws_iam_role_policy").args.policy).Statement).toEqual([
      {
        Action: ["acm-pca:IssueCertificate"],
        Condition: {
          StringEquals: { "acm-pca:TemplateArn": ["arn:aws:acm-pca:::template/EndEntityCertificate/V1"] },
        },
        Effect: "Allow",
        Resource: [authority],
        Sid: "IssueThisKind",
      },
      { Action: ["acm-pca:GetCertificate"], Effect: "Allow", Resource: [authority], Sid: "HandOver" },
    ]);
  });

  test("takes nothing but one certificate signing request", () => {
    const pattern = new RegExp(procedure(withProps()).parameters.Request.allowedPattern);
    const request = `-----BEGIN CERTIFICATE REQUEST-----\n${"MIIB".repeat(40)}\n-----END CERTIFICATE REQUEST-----\n`;

    expect(pattern.test(request)).toBe(true);
    expect(pattern.test(`${request}${request}`)).toBe(false);
    expect(pattern.test(request.replace("MIIB", "{{ x }}"))).toBe(false);
    expect(pattern.test("")).toBe(false);
  });

  test("fails when the lifetime is none or longer than 397 days", () => {
    expect(() => withProps({ validityDays: 398 })).toThrow("validityDays must be 1 to 397, got 398");
    expect(() => withProps({ validityDays: 0 })).toThrow("validityDays must be 1 to 397, got 0");
  });
});
