import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { databaseAuthorities } from "../../../helm/values/database-authorities.ts";
import { ownCertificate, trust } from "../../../services/platform.ts";
import { api, behindEdge, realValues, smallValues } from "./small.ts";

const certificatesOf = (service: string) => {
  const { components, jobs } = realValues("production", service);
  return Object.fromEntries(
    Object.entries({ ...components, ...jobs }).map(([name, { certificate }]) => [
      name,
      certificate?.usages.join(", ") ?? "none",
    ]),
  );
};

describe("the certificate of pods", () => {
  test("is a server's where something listens, a client's where one is asked for, none where neither is [MUN-2.3] [MUN-2.4]", () => {
    expect(certificatesOf("resident-services")).toEqual({
      edge: "server auth, client auth",
      api: "server auth, client auth",
      frontend: "server auth",
      worker: "client auth",
      beat: "client auth",
      clamav: "server auth",
      "queue-exporter": "server auth",
      "db-exporter": "server auth",
      logins: "none",
      migrate: "none",
      purge: "none",
      "audit-anchor": "none",
      dump: "none",
      "rotation-check": "none",
    });
    expect(certificatesOf("desktop-backend")).toEqual({
      edge: "server auth",
      backend: "server auth",
      dump: "client auth",
      "verify-dump": "none",
      migrate: "client auth",
      "rotation-check": "none",
    });
  });

  test("names the Service for callers, and the workload for those it calls", () => {
    const { components } = realValues("production", "resident-services");

    expect(components["api"]?.certificate).toEqual({
      commonName: "api.resident-services",
      dnsNames: ["api.resident-services.svc.cluster.local", "api.resident-services.svc"],
      usages: ["server auth", "client auth"],
    });
    expect(components["beat"]?.certificate).toEqual({
      commonName: "beat.resident-services",
      dnsNames: [],
      usages: ["client auth"],
    });
  });

  test.each([
    ["shows its own", { KEY: ownCertificate.key }, ["server auth", "client auth"]],
    ["checks others", { CA: `x=${trust.internal}` }, ["server auth"]],
  ])("follows from a variable when it %s", (_title, environment, usages) => {
    expect(smallValues(behindEdge(api({ environment }))).components["api"]?.certificate?.usages).toEqual(usages);
  });
});

describe("authorities of managed databases", () => {
  test("are the three roots of the region, and of no other [MUN-2.3]", () => {
    const pems = databaseAuthorities("eu-central-1").split(/(?<=-----END CERTIFICATE-----\n)/);

    const found = pems.map((pem) => new X509Certificate(pem));
    expect(found.map(({ subject }) => subject.split("\n").find((line) => line.startsWith("CN="))).toSorted()).toEqual([
      "CN=Amazon RDS eu-central-1 Root CA ECC384 G1",
      "CN=Amazon RDS eu-central-1 Root CA RSA2048 G1",
      "CN=Amazon RDS eu-central-1 Root CA RSA4096 G1",
    ]);
    expect(found.filter((certificate) => !certificate.ca || !certificate.verify(certificate.publicKey))).toEqual([]);
  });

  test("are there where a workload trusts them, and nowhere else", () => {
    const trusting = realValues("dev", "student-allocation");
    const { components, jobs } = trusting;

    expect(trusting.databaseAuthorities).toBe(databaseAuthorities("eu-central-1"));
    expect(
      Object.entries({ ...components, ...jobs }).flatMap(([name, { trustsDatabases }]) =>
        trustsDatabases ? [name] : [],
      ),
    ).toEqual(["api", "dump", "logins", "migrate", "api-keys"]);
    expect(realValues("dev", "desktop-backend")).not.toHaveProperty("databaseAuthorities");
  });

  test("fail when a region has none", () => {
    expect(() => databaseAuthorities("eu-central-9")).toThrow(
      new Error("environments/region: must be a region with authorities of RDS, got eu-central-9"),
    );
  });
});
