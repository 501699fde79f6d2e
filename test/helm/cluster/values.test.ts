import { beforeAll, describe, expect, test } from "vitest";
import { clusterValues } from "../../../helm/values/cluster.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { addressOf, type KubernetesObject, type Rendered, renderEstate } from "../../support/rendered.ts";
import { givenIn } from "./support/render.ts";

/** Values of the cluster, as the catalogue decides them, and that services fit into them. */

test("a service has its name, its nodes and its jobs from the catalogue", () => {
  const { services, ...rest } = givenIn("production").values;
  expect(services["student-allocation"]).toEqual({
    code: "alc",
    owner: "education",
    data: "personal",
    startable: { dump: "as-it-stands", "api-keys": "with-arguments", "rotation-check": "as-it-stands" },
    quota: {
      pods: "57",
      "requests.cpu": "32850m",
      "requests.memory": "32576Mi",
      "limits.memory": "32576Mi",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
      persistentvolumeclaims: "0",
    },
    limits: [
      {
        type: "Container",
        defaultRequest: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "64Mi" },
        default: { memory: "128Mi" },
        max: { memory: "512Mi" },
      },
    ],
    nodes: {
      role: "prd-plt-nodes",
      subnets: ["a", "b", "c"].map((zone) => `prd-plt-network-app-student-allocation-${zone}`),
      securityGroup: "prd-alc-nodes",
      volumeKey: "alias/prd-alc-data",
      volumeGib: 154,
      cpu: "50",
      memory: "400Gi",
      drainSeconds: 7_200,
      tags: {
        Name: "prd-alc-node",
        service: "student-allocation",
        environment: "production",
        owner: "education",
        "data-classification": "personal",
      },
    },
  });
  expect(Object.keys(services).sort()).toEqual(["desktop-backend", "resident-services", "student-allocation"]);
  expect(rest).toMatchObject({
    environment: "production",
    cluster: "prd-plt-cluster",
    region: "eu-central-1",
    kubernetesVersion: "1.36",
    registry: "333333333333.dkr.ecr.eu-central-1.amazonaws.com",
  });
});

test("the same estate gives the same values", () => {
  const [environment] = catalogue.environments;
  if (environment === undefined) throw new Error("no environment");
  const estate = resolveEstate(catalogue, environment);
  expect(clusterValues(estate)).toEqual(clusterValues(estate));
});

const UNITS = { "": 1, m: 0.001, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 } as const;
function amount(quantity: string): number {
  const [, count, unit] = quantity.match(/^(\d+)(m|Ki|Mi|Gi)?$/) ?? [];
  if (count === undefined) throw new Error(`no quantity: ${quantity}`);
  return Number(count) * UNITS[(unit ?? "") as keyof typeof UNITS];
}

interface Container {
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
}
interface Pod {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}
interface Spec {
  readonly replicas?: number;
  readonly maxReplicas?: number;
  readonly scaleTargetRef?: { readonly name: string };
  readonly template: { readonly spec: Pod };
  readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: Pod } } };
}
const specOf = (object: KubernetesObject) => (object as KubernetesObject & { readonly spec: Spec }).spec;

describe("services fit", () => {
  let releases: readonly Rendered[];
  beforeAll(async () => {
    releases = (await renderEstate()).filter(({ name }) => name !== "cluster");
    expect(releases.length).toBe(9);
  });

  /** Pods that may be there at once: Deployments at their most and those of one update, each job once. */
  function podsOf({ objects }: Rendered): readonly (readonly [name: string, count: number, pod: Pod])[] {
    const most = new Map(
      objects
        .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
        .map((object) => [specOf(object).scaleTargetRef?.name, specOf(object).maxReplicas]),
    );
    return objects.flatMap((object): (readonly [string, number, Pod])[] => {
      const spec = specOf(object);
      const { name } = object.metadata;
      switch (object.kind) {
        case "Deployment": {
          const replicas = most.get(name) ?? spec.replicas ?? 1;
          // Colours are updated one after the other.
          const leaving = name.endsWith("-green") ? 0 : replicas;
          return [[name, replicas + leaving, spec.template.spec]];
        }
        case "CronJob":
          return [[name, 1, spec.jobTemplate.spec.template.spec]];
        case "Job":
          return [[name, 1, spec.template.spec]];
        default:
          return [];
      }
    });
  }
  const containersOf = ({ containers, initContainers = [] }: Pod) => [...containers, ...initContainers];
  const total = (pods: ReturnType<typeof podsOf>, of: "requests" | "limits", resource: string) =>
    pods.reduce(
      (sum, [, count, pod]) =>
        sum +
        count * containersOf(pod).reduce((each, { resources }) => each + amount(resources[of][resource] ?? "none"), 0),
      0,
    );
  const limitsIn = ({ environment, name }: Rendered) => {
    const found = givenIn(environment).values.services[name];
    if (found === undefined) throw new Error(`${environment}/${name}: no namespace`);
    return found;
  };

  test("into their quotas, all pods at their most and an update under way", () => {
    for (const release of releases) {
      const { quota } = limitsIn(release);
      const pods = podsOf(release);
      const used = {
        pods: pods.reduce((sum, [, count]) => sum + count, 0),
        "requests.cpu": total(pods, "requests", "cpu"),
        "requests.memory": total(pods, "requests", "memory"),
        "limits.memory": total(pods, "limits", "memory"),
      };
      for (const [resource, needed] of Object.entries(used)) {
        const given = amount((quota as Readonly<Record<string, string>>)[resource] ?? "none");
        expect(given, `${release.environment}/${release.name} ${resource}`).toBeGreaterThanOrEqual(needed);
        expect(given, `${release.environment}/${release.name} ${resource}`).toBeLessThan(3 * needed);
      }
    }
  });

  test("onto their nodes: as many as there may be hold them, and the largest pod's disk fits on one", () => {
    for (const release of releases) {
      const { nodes } = limitsIn(release);
      const pods = podsOf(release);
      expect(Number(nodes.cpu), release.name).toBeGreaterThan(total(pods, "requests", "cpu"));
      expect(amount(nodes.memory), release.name).toBeGreaterThan(total(pods, "requests", "memory"));
      const largest = Math.max(
        ...pods.map(([name, , pod]) => total([[name, 1, pod]], "requests", "ephemeral-storage")),
      );
      // What the kubelet hands out of a volume: all but a tenth and a GiB.
      expect(0.9 * nodes.volumeGib * UNITS.Gi - UNITS.Gi, release.name).toBeGreaterThan(largest);
    }
  });

  test("into the bounds of one container", () => {
    for (const release of releases) {
      const [bounds] = limitsIn(release).limits;
      const most = amount((bounds?.max as Readonly<Record<string, string>> | undefined)?.["memory"] ?? "none");
      for (const [name, , pod] of podsOf(release)) {
        for (const { resources } of containersOf(pod)) {
          expect(amount(resources.limits["memory"] ?? "none"), `${release.name}/${name}`).toBeLessThanOrEqual(most);
        }
      }
    }
  });

  test("into what drains: no pod may take longer to stop than its node waits", () => {
    for (const release of releases) {
      for (const object of release.objects) {
        const grace = (
          specOf(object)?.template?.spec as { readonly terminationGracePeriodSeconds?: number } | undefined
        )?.terminationGracePeriodSeconds;
        expect(grace ?? 0, addressOf(release, object)).toBeLessThan(limitsIn(release).nodes.drainSeconds);
      }
    }
  });
});
