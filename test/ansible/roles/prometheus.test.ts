import { describe, expect, test } from "vitest";
import { prometheus } from "../../../ansible/inventory/roles/prometheus.ts";
import {
  edgeProbes,
  hostProbes,
  hostTargets,
  platformTargets,
  podScrapes,
} from "../../../ansible/inventory/scrapes.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { type Estate, hostGroups, resolveEstate } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
const [dev] = estates;
if (dev === undefined) throw new Error("no environment");

/** `api-a.ticketing...:9100` for every metrics port of every host, from the catalogue alone. */
const declared = ({ services }: Estate): readonly string[] =>
  services.flatMap(({ service, hosts }) =>
    hostGroups(service).flatMap((group) =>
      hosts
        .filter((host) => host.group === group.name)
        .flatMap(({ domain }) =>
          listeners(group)
            .filter(({ purpose }) => purpose === "metrics")
            .map(({ port }) => `${domain}:${port}`),
        ),
    ),
  );

/** Ports that Prometheus may reach, by flows: `ticketing/api:9100`. */
const permitted = ({ services }: Estate): ReadonlySet<string> =>
  new Set(
    services
      .flatMap(({ flows }) => flows)
      .filter(({ from }) => from === "observability/prometheus")
      .map(({ to, port }) => `${to}:${port}`),
  );

const partyOf = (labels: { readonly service: string; readonly component: string }, address: string) =>
  `${labels.service}/${labels.component}:${address.split(":").at(-1)}`;

describe("the role prometheus", () => {
  test.each(estates)(
    "scrapes every metrics port of every host, and no other [TKT-4.1]: $environment.name",
    (estate) => {
      const scraped = hostTargets(estate).map(({ address }) => address);

      expect([...new Set(scraped)].toSorted()).toEqual(declared(estate).toSorted());
    },
  );

  test.each(estates)("scrapes each port once, and each Redis behind one exporter once: $environment.name", (estate) => {
    const asked = hostTargets(estate).map(({ address, asks }) => `${address} ${asks ?? ""}`);

    expect(new Set(asked).size).toBe(asked.length);
    expect(hostTargets(estate).filter(({ labels, asks }) => (labels.job === "redis") !== (asks !== undefined))).toEqual(
      [],
    );
  });

  test.each(estates)("asks nothing that no flow lets it reach: $environment.name", (estate) => {
    const reachable = permitted(estate);
    const asked = [
      ...[...hostTargets(estate), ...platformTargets(estate)].map(({ address, labels }) => partyOf(labels, address)),
      ...hostProbes(estate).map(({ target, labels }) => partyOf(labels, `host:${new URL(target).port || 443}`)),
      ...edgeProbes(estate).map(({ service, component, port }) => `${service}/${component}:${port}`),
    ];

    expect(asked.filter((each) => !reachable.has(each))).toEqual([]);
  });

  test("asks the application's metrics with the service's token, and shows it nobody else [TKT-4.2, TKT-4.3]", () => {
    const shown = hostTargets(dev).filter(({ token }) => token !== undefined);

    expect(shown.map(({ address, token, labels }) => `${address} ${token} ${labels.job}`)).toEqual(
      ["api-a", "api-b", "worker-a", "worker-b"].map(
        (host) => `${host}.ticketing.dev.internal.example.org:9101 ticketing application`,
      ),
    );
  });

  test("finds the metrics of pods by their component, and shows the token to applications alone [ALC-6.8]", () => {
    const found = podScrapes(dev)
      .filter(({ service }) => service === "student-allocation")
      .map(({ component, serverName, port, token }) => ({ component, serverName, port, token }));

    expect(found).toEqual([
      { component: "edge", serverName: "edge.student-allocation.svc.cluster.local", port: "metrics", token: false },
      { component: "api", serverName: "api.student-allocation.svc.cluster.local", port: "metrics", token: true },
    ]);
  });

  test("asks each proxy for its health on the port that is for this [BRK-29.1, BRK-29.2]", () => {
    const proxies = hostProbes(dev).filter(({ labels }) => labels.component === "proxy");

    expect(proxies.map(({ target, module }) => `${module} ${target}`)).toEqual([
      "http https://proxy-a.message-broker.dev.internal.example.org:8003/api/v1/health",
      "http https://proxy-b.message-broker.dev.internal.example.org:8003/api/v1/health",
    ]);
  });

  test("scrapes all hosts of the broker [BRK-29.5]", () => {
    const hosts = new Set(
      hostTargets(dev)
        .filter(({ labels }) => labels.service === "message-broker" && labels.job === "node")
        .map(({ labels }) => labels.host),
    );

    expect([...hosts]).toEqual(["proxy-a", "proxy-b", "main-a", "worker-a", "portal-a", "portal-b"]);
  });

  test("names secrets of services by markers, and tells both alert managers", () => {
    const { groups, groupVars } = inventoryOf(dev, [prometheus]);
    const variables = groupVars["observability_prometheus"];

    expect(Object.keys(groups["prometheus"]?.children ?? {})).toEqual(["observability_prometheus"]);
    expect(variables?.["prometheus_tokens"]).toEqual(
      Object.fromEntries(
        ["ticketing", "desktop-backend", "resident-services", "student-allocation"].map((service) => [
          service,
          `%%secret:dev/${service}/metrics-token%%`,
        ]),
      ),
    );
    expect(variables?.["prometheus_alertmanagers"]).toEqual([
      "prometheus-a.observability.dev.internal.example.org:9093",
      "prometheus-b.observability.dev.internal.example.org:9093",
    ]);
    expect(variables?.["prometheus_cluster"]).toEqual({
      name: "dev-plt-cluster",
      endpoint: "%%parameter:/dev/cluster/endpoint%%",
      authority: "%%parameter:/dev/cluster/certificate-authority%%",
    });
  });
});
