import { describe, expect, test } from "vitest";
import { withCluster } from "../support/api-server.ts";
import { type Rendered, refusal, render, the } from "./support/render.ts";
import { digest, minimal, withApi } from "./support/values.ts";

/** The switch between colours, judged by what runs in the cluster. */

const { images } = minimal.release;
const given = withApi({ deploy: "blue-green" });
const green = { ...images.green, "platform/records": digest("d") };
/** Blue is live; green has been upgraded. */
const upgraded = { ...given, release: { live: "blue", newest: "green", images: { blue: images.blue, green } } };
const switched = { ...upgraded, release: { ...upgraded.release, live: "green" } };

const PATHS = {
  service: "/api/v1/namespaces/records/services/api",
  blue: "/apis/apps/v1/namespaces/records/deployments/api-blue",
  green: "/apis/apps/v1/namespaces/records/deployments/api-green",
};

interface Changes {
  readonly replicas?: number;
  readonly generation?: number;
  readonly status?: Readonly<Record<string, number>>;
}

/** A Deployment as the cluster has it, rolled out unless changed. */
function running({ metadata, spec, ...object }: Rendered, { replicas = 3, generation = 5, status = {} }: Changes = {}) {
  return {
    ...object,
    metadata: { ...metadata, generation },
    spec: { ...spec, replicas },
    status: {
      observedGeneration: 5,
      replicas,
      updatedReplicas: replicas,
      availableReplicas: replicas,
      ...status,
    },
  };
}

/** A cluster in which these values were deployed last. */
async function deployed(values: unknown, { blue, green }: { readonly blue?: Changes; readonly green?: Changes } = {}) {
  const objects = await render(values);
  return {
    [PATHS.service]: the(objects, "Service", "api"),
    [PATHS.blue]: running(the(objects, "Deployment", "api-blue"), blue),
    [PATHS.green]: running(the(objects, "Deployment", "api-green"), green),
  };
}

const rendered = async (cluster: Readonly<Record<string, unknown>>, values: unknown) =>
  await withCluster(cluster, (kubeconfig) => render(values, { kubeconfig }));
const refused = async (cluster: Readonly<Record<string, unknown>>, values: unknown) =>
  await withCluster(cluster, (kubeconfig) => refusal(values, { kubeconfig }));
const mustBe = (colour: string, rule: string) => [
  `release/live: must be a colour whose pods are ready, but api-${colour} must be ${rule}, got ${colour}`,
];

describe("a release", () => {
  test("begins in an empty cluster", async () => {
    expect((await rendered({}, given)).length).toBeGreaterThan(0);
  });

  test("changes the colour that is not live", async () => {
    expect((await rendered(await deployed(given), upgraded)).length).toBeGreaterThan(0);
  });

  test("leads requests to the other colour once that is ready, and back likewise", async () => {
    const there = await rendered(await deployed(upgraded), switched);
    const back = await rendered(await deployed(switched), upgraded);

    const colours = [there, back].map(
      (objects) => the(objects, "Service", "api").spec.selector["platform.example.org/colour"],
    );
    expect(colours).toEqual(["green", "blue"]);
  });

  test("is switched while a quarter of the pods is missing: an evicted one must not hold back the way back", async () => {
    const cluster = await deployed(switched, { blue: { replicas: 8, status: { availableReplicas: 6 } } });

    expect((await rendered(cluster, upgraded)).length).toBeGreaterThan(0);
  });

  test("fails when it would change the live colour's image under its requests", async () => {
    const blue = { ...images.blue, "platform/records": digest("d") };
    const direct = { ...given, release: { ...given.release, images: { blue, green: images.green } } };
    const image = `${minimal.registry}/platform/records@`;

    expect(await refused(await deployed(given), direct)).toEqual([
      `release/images/blue/platform/records: must be what api-blue runs (${image}${digest("a")}): a new image goes to the colour that is not live first, got ${image}${digest("d")}`,
    ]);
  });
});

describe("the switch", () => {
  test("fails when the other colour is not in the cluster", async () => {
    const { [PATHS.green]: _, ...cluster } = await deployed(upgraded);

    expect(await refused(cluster, switched)).toEqual(mustBe("green", "in the cluster"));
  });

  test("fails when the controller has not seen its last change yet", async () => {
    const cluster = await deployed(upgraded, { green: { generation: 6 } });

    expect(await refused(cluster, switched)).toEqual(
      mustBe("green", "rolled out, its last change has not been seen yet"),
    );
  });

  test("fails when some pods are of an older revision", async () => {
    const cluster = await deployed(upgraded, { green: { status: { updatedReplicas: 2 } } });

    expect(await refused(cluster, switched)).toEqual(
      mustBe("green", "rolled out, some of its pods are of an older revision"),
    );
  });

  test("fails when fewer pods are available than it needs", async () => {
    const few = await deployed(upgraded, { green: { status: { availableReplicas: 2 } } });
    const many = await deployed(upgraded, { green: { replicas: 8, status: { availableReplicas: 5 } } });
    const silent = { ...the(await render(upgraded), "Deployment", "api-green"), status: {} };

    expect(await refused(few, switched)).toEqual(
      mustBe(
        "green",
        "available with 3 pods beside 3 live ones (an upgrade without a switch makes it as large), has 2",
      ),
    );
    expect(await refused(many, switched)).toEqual(
      mustBe(
        "green",
        "available with 6 pods beside 3 live ones (an upgrade without a switch makes it as large), has 5",
      ),
    );
    expect(await refused({ ...few, [PATHS.green]: silent }, switched)).toEqual(
      mustBe(
        "green",
        "available with 3 pods beside 3 live ones (an upgrade without a switch makes it as large), has 0",
      ),
    );
  });

  test("fails when the live colour has grown past the other one", async () => {
    const cluster = await deployed(upgraded, { blue: { replicas: 8 } });

    expect(await refused(cluster, switched)).toEqual(
      mustBe(
        "green",
        "available with 6 pods beside 8 live ones (an upgrade without a switch makes it as large), has 3",
      ),
    );
  });

  test("fails when it brings another image than the one that is ready", async () => {
    const other = { ...green, "platform/records": digest("e") };
    const image = `${minimal.registry}/platform/records@`;
    const values = {
      ...switched,
      release: { ...switched.release, images: { ...switched.release.images, green: other } },
    };

    expect(await refused(await deployed(upgraded), values)).toEqual([
      `release/images/green/platform/records: must be what api-green runs (${image}${digest("d")}): a new image goes to the colour that is not live first, got ${image}${digest("e")}`,
      ...mustBe("green", "left as it is by the switch, these values change its pods: upgrade first, then switch"),
    ]);
  });

  test("fails when it brings anything else that replaces pods", async () => {
    const api = { ...given.components["api"], env: { PORT: "8001" } };

    expect(await refused(await deployed(upgraded), { ...switched, components: { api } })).toEqual(
      mustBe("green", "left as it is by the switch, these values change its pods: upgrade first, then switch"),
    );
  });
});

describe("the colour that is not live", () => {
  const least = (objects: readonly Rendered[], colour: string): number =>
    the(objects, "HorizontalPodAutoscaler", `api-${colour}`).spec.minReplicas;

  test("keeps up with the live one as that is now: it may have to take all requests at once", async () => {
    const objects = await rendered(await deployed(given, { blue: { replicas: 8 } }), upgraded);

    expect([least(objects, "blue"), least(objects, "green")]).toEqual([3, 8]);
  });

  test("never grows past its most, nor shrinks below its least", async () => {
    const large = await rendered(await deployed(given, { blue: { replicas: 40 } }), upgraded);
    const small = await rendered(await deployed(given, { blue: { replicas: 1 } }), upgraded);

    expect([least(large, "green"), least(small, "green")]).toEqual([10, 3]);
  });
});
