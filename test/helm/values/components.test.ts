import { describe, expect, test } from "vitest";
import { podServices, serviceValues } from "../../../helm/values.ts";
import { gib, kib, loopback, metrics, mib, millicores, mtls, percent } from "../../../services/define.ts";
import type { Bytes } from "../../../services/schema/units.ts";
import { machines, shop } from "../../services/resolve/small.ts";
import { api, behindEdge, contextOf, realContext, realValues, smallValues } from "./small.ts";

const valuesOf = (given: Parameters<typeof api>[0]) => smallValues(behindEdge(api(given))).components["api"];

describe("pods of a component", () => {
  test("are as many as it declares, or as the environment has of anything, and may grow to what it declares [MUN-4.8]", () => {
    const of = (environment: string) =>
      Object.entries(realValues(environment, "resident-services").components).map(
        ([name, { replicas, deploy }]) => `${name} ${replicas.min}-${replicas.max} ${deploy}`,
      );

    expect(of("production")).toEqual([
      "edge 3-6 rolling",
      "api 3-12 blue-green",
      "frontend 2-6 blue-green",
      "worker 3-12 rolling",
      "beat 1-1 singleton",
      "clamav 2-4 rolling",
      "queue-exporter 1-1 singleton",
      "db-exporter 1-1 singleton",
    ]);
    expect(of("dev").map((line) => line.split(" ")[1])).toEqual([
      "1-6",
      "1-12",
      "1-6",
      "1-12",
      "1-1",
      "1-4",
      "1-1",
      "1-1",
    ]);
  });

  test("grow by what is used of what they ask for", () => {
    expect(valuesOf({ replicas: { min: 2, max: 4, cpu: percent(57) } })?.replicas).toEqual({
      min: 1,
      max: 4,
      cpuPercent: 57,
    });
  });

  test("are switched from blue to green where the catalogue says so [MUN-5.6] [NOD-4.14]", () => {
    expect(realValues("production", "desktop-backend").components["backend"]?.deploy).toBe("blue-green");
    expect(realValues("production", "student-allocation").components["api"]?.deploy).toBe("blue-green");
  });

  test("open what others reach, and nothing of the application", () => {
    const target = api({
      listens: {
        web: { ...mtls(8443), transport: "tls", speaks: "http" },
        metrics: metrics(9102),
        app: loopback(8000),
      },
    });

    expect(smallValues(behindEdge(target)).components["api"]?.ports).toEqual({ web: 8443, metrics: 9102 });
  });

  test("come from our registry, or from another by its cache there", () => {
    const { components, registry } = realValues("staging", "resident-services");

    expect(registry).toBe("222222222222.dkr.ecr.eu-central-1.amazonaws.com");
    expect(components["api"]?.image).toBe("platform/resident-api");
    expect(components["db-exporter"]?.image).toBe("quay/prometheuscommunity/postgres-exporter");
  });

  test("have memory for certain, processors as a share, disk for scratch space and logs", () => {
    const resources = { cpu: millicores(250), memory: gib(1) };
    const scratch = { "/tmp": mib(64), "/var/lib/x": gib(2) };

    expect(valuesOf({ resources, scratch })).toMatchObject({
      resources: {
        requests: { cpu: "250m", memory: "1Gi", "ephemeral-storage": "2212Mi" },
        limits: { memory: "1Gi", "ephemeral-storage": "2212Mi" },
      },
      scratch: { "/tmp": "64Mi", "/var/lib/x": "2Gi" },
    });
  });

  test.each([
    [gib(3), "3Gi"],
    [mib(1536), "1536Mi"],
    [kib(1), "1Ki"],
    [1_000 as Bytes, "1000"],
  ])("write %d bytes as %s", (size, expected) => {
    expect(valuesOf({ scratch: { "/tmp": size } })?.scratch).toEqual({ "/tmp": expected });
  });
});

describe("a service", () => {
  test("has values when it runs on pods, whatever its name", () => {
    const { estate } = realContext("dev", "ticketing");

    expect(podServices(estate).map(({ service }) => service.name)).toEqual([
      "desktop-backend",
      "resident-services",
      "student-allocation",
    ]);
  });

  test("fails when it has no pods", () => {
    const { estate, resolved } = contextOf(shop({ components: [machines("till")] }));

    expect(() => serviceValues(resolved, estate)).toThrow(
      new Error("shop/components: must have one on pods, got none"),
    );
  });

  test("says who it is, and which target group leads to which port [NOD-1.3]", () => {
    const { components, jobs, ...rest } = realValues("production", "desktop-backend");

    expect(rest).toEqual({
      service: "desktop-backend",
      environment: "production",
      owner: "desktop",
      data: "personal",
      registry: "333333333333.dkr.ecr.eu-central-1.amazonaws.com",
      sidecarResources: {
        requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "164Mi" },
        limits: { memory: "64Mi", "ephemeral-storage": "164Mi" },
      },
      sidecarScratch: "64Mi",
      targetGroups: { web: { name: "prd-nod-web", component: "edge", port: "web" } },
    });
    expect(Object.keys(components)).toEqual(["edge", "backend"]);
    expect(Object.keys(jobs)).toEqual(["dump", "verify-dump", "migrate", "rotation-check"]);
  });

  test("has the same values each time", () => {
    expect(JSON.stringify(realValues("dev", "resident-services"))).toBe(
      JSON.stringify(realValues("dev", "resident-services")),
    );
  });
});
