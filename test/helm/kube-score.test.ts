import { describe, expect, test } from "vitest";
import { scoreFindings } from "../support/kube-score.ts";
import { kubernetesToolsHint } from "../support/kubernetes-validate.ts";
import { requireProgram } from "../support/program.ts";
import { renderEstate } from "../support/rendered.ts";

/** A second opinion on every release: what Kubernetes accepts, and is still unwise. */

/** Findings of kube-score that are not mended, where, and why: any other one fails, and so does one that is gone. */
const accepted: readonly { readonly check: string; readonly where: RegExp; readonly why: string }[] = [
  {
    check: "container-image-pull-policy",
    where: /: \(.+\) ImagePullPolicy is not set to Always$/,
    why: "an image by digest is the same wherever it is; asking for it again would make each start need the registry",
  },
  {
    check: "container-resources",
    where: /: \(.+\) CPU limit is not set$/,
    why: "a limit on processors slows answers down while the node idles; memory and scratch space have theirs",
  },
  {
    check: "container-cpu-requests-equal-limits",
    where: /: \(.+\) CPU requests does not match limits$/,
    why: "the same: there is no limit to match",
  },
  {
    check: "container-resource-requests-equal-limits",
    where: /: \(.+\) CPU requests does not match limits$/,
    why: "the same, for all resources",
  },
  {
    check: "deployment-has-host-podantiaffinity",
    where: /Deployment does not have a host podAntiAffinity set$/,
    why: "topologySpreadConstraints spread over zones and nodes, which kube-score judges by itself",
  },
  {
    check: "pod-probes-identical",
    where: /\/edge: /,
    why: "the edge answers its health path itself: it says nothing of what is behind, so a restart mends what it finds",
  },
  {
    check: "pod-probes-identical",
    where: /\/(desktop-backend\/backend|student-allocation\/api)-(blue|green): /,
    why: "these applications have one health path (NOD-4.11); liveness asks half as often as readiness",
  },
  {
    check: "networkpolicy-targets-pod",
    where: /\/default-deny: /,
    why: "it stands for pods of the service's own release",
  },
  {
    check: "deployment-has-poddisruptionbudget",
    where: /^dev: /,
    why: "one replica each: a budget would only keep their nodes from being renewed",
  },
  { check: "horizontalpodautoscaler-replicas", where: /^dev: /, why: "dev starts from one replica" },
  {
    check: "deployment-replicas",
    where: /\/(queue|db)-exporter: /,
    why: "two of them would count everything twice",
  },
  {
    check: "deployment-strategy",
    where: /\/(queue|db)-exporter: /,
    why: "the same, while one replaces the other",
  },
];

describe.runIf(requireProgram("kube-score", kubernetesToolsHint))("kube-score", () => {
  test("finds what is wrong with a pod that says nothing", () => {
    const spec = { containers: [{ name: "web", image: "web:1" }] };
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "bare" }, spec };
    expect([...new Set(scoreFindings(JSON.stringify(pod)).map(({ check }) => check))].sort()).toEqual([
      "container-ephemeral-storage-request-and-limit",
      "container-image-pull-policy",
      "container-resources",
      "container-seccomp-profile",
      "container-security-context-readonlyrootfilesystem",
      "container-security-context-user-group-id",
      "pod-networkpolicy",
    ]);
  });

  test("has nothing against any release but what is accepted with a reason", async () => {
    const findings = (await renderEstate()).flatMap(({ environment, text }) =>
      scoreFindings(text).map(({ check, finding }) => ({ check, line: `${environment}: ${finding}` })),
    );
    const covers = (entry: (typeof accepted)[number], { check, line }: (typeof findings)[number]) =>
      entry.check === check && entry.where.test(line);
    expect(findings.filter((finding) => !accepted.some((entry) => covers(entry, finding)))).toEqual([]);
    expect(accepted.filter((entry) => !findings.some((finding) => covers(entry, finding)))).toEqual([]);
  });
});
