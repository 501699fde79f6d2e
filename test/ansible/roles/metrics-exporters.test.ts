import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { metricsExporters } from "../../../ansible/inventory/roles/metrics-exporters.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { hostGroups, resolveEstate } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";
import { type Rendered, render } from "../support/render.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
const [dev] = estates;
if (dev === undefined) throw new Error("no environment");

interface Wanted {
  readonly name: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}
const { groups, groupVars, hostVars } = inventoryOf(dev, [metricsExporters]);
const wanted = (group: string) => groupVars[group]?.["metrics_exporters_wanted"] as unknown as readonly Wanted[];
const named = (group: string) => wanted(group).map(({ name, port }) => `${name} ${port}`);

describe("the role metrics_exporters", () => {
  test("is for every host, and each has the node's [TKT-5.11]", () => {
    expect(Object.keys(groups["metrics_exporters"]?.children ?? {})).toEqual(Object.keys(groupVars));
    expect(Object.keys(groupVars).filter((group) => !named(group).includes("node 9100"))).toEqual([]);
  });

  test.each(estates)("answers on every metrics port that no application answers on: $environment.name", (estate) => {
    const inventory = inventoryOf(estate, [metricsExporters]);

    for (const { service } of estate.services) {
      for (const group of hostGroups(service)) {
        const name = `${service.name}_${group.name}`.replaceAll("-", "_");
        const found = (inventory.groupVars[name]?.["metrics_exporters_wanted"] ?? []) as unknown as readonly Wanted[];
        const ports = found.map(({ port }) => port);
        const declared = listeners(group)
          .filter(({ purpose, name: listener }) => purpose === "metrics" && listener !== "app")
          .map(({ port }) => port);
        expect(ports.toSorted(), name).toEqual(declared.toSorted());
      }
    }
  });

  test("asks PostgreSQL on 9187 as the login that may read statistics alone [TKT-4.4]", () => {
    expect(wanted("ticketing_database")).toContainEqual({
      name: "postgres",
      port: 9187,
      user: "monitor",
      password: "%%secret:dev/ticketing/db-monitor%%",
      database: "ticketing",
      server_port: 5432,
    });
  });

  test("asks every Redis and Sentinel of a host, by its own name and over TLS [TKT-4.5]", () => {
    expect(named("ticketing_redis")).toContain("redis 9121");
    const of = (host: string) => hostVars[host]?.["metrics_exporters_redis"];

    expect(of("dev-tkt-redis-b")).toEqual(
      [6379, 6380, 26379].map((port) => `rediss://redis-b.ticketing.dev.internal.example.org:${port}`),
    );
    expect(of("dev-brk-proxy-a")).toEqual(["redis://127.0.0.1:6379"]);
    expect(of("dev-tkt-api-a")).toBeUndefined();
  });

  test("reads NGINX' counters on loopback, wherever NGINX stands [TKT-4.6]", () => {
    const all = Object.keys(groupVars).filter((group) => named(group).includes("nginx 9113"));

    expect(all).toEqual(["ticketing_api", "message_broker_proxy", "message_broker_main", "message_broker_portal"]);
    expect(wanted("ticketing_api")).toContainEqual({
      name: "nginx",
      port: 9113,
      status: "http://127.0.0.1:8099/stub_status",
    });
  });

  test("asks MongoDB for sizes with a login that has clusterMonitor [NOD-4.5, NOD-4.6]", () => {
    expect(wanted("desktop_backend_database")).toContainEqual({
      name: "mongodb",
      port: 9216,
      user: "monitor",
      password: "%%secret:dev/desktop-backend/db-monitor%%",
      database: "backend",
      server_port: 27017,
    });
  });

  test("lets Prometheus alone in, by the names in its certificate", () => {
    for (const variables of Object.values(groupVars)) {
      expect(variables["metrics_exporters_scrapers"]).toEqual([
        "prometheus-a.observability.dev.internal.example.org",
        "prometheus-b.observability.dev.internal.example.org",
      ]);
    }
  });

  test("reads the archive's state where pgBackRest keeps one, and nowhere else", () => {
    const archived = Object.keys(groupVars).filter((group) => groupVars[group]?.["metrics_exporters_archive"] === true);

    expect(archived).toEqual(["ticketing_database"]);
  });

  test("fails when a port of metrics has a name that no exporter is known for", () => {
    const [first] = dev.services;
    const component = first?.service.components.find(({ kind }) => kind === "hosts");
    if (first === undefined || component?.kind !== "hosts") throw new Error("no component on hosts");
    const node = component.listens["node"];
    if (node === undefined) throw new Error("no exporter of the node");
    const odd = { ...component, listens: { ...component.listens, odd: { ...node, name: "odd", port: 9999 } } };
    const service = { ...first.service, components: [odd] };
    const estate = { ...dev, services: [{ ...first, service }, ...dev.services.slice(1)] };

    expect(() => inventoryOf(estate, [metricsExporters])).toThrow(
      "ticketing/api/listens/odd: must be one of node, nginx, app, redis and mysql with such a store on its hosts, exporter of a store",
    );
  });
});

describe("space on the data volume of MongoDB", () => {
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([metricsExporters], ["dev-nod-database-a"]);
  });
  afterAll(() => rendered.remove());

  test("is measured where the data lie, on a file system of its own [NOD-4.9]", () => {
    const unit = rendered.text(
      "dev-nod-database-a",
      "etc/systemd/system/prometheus-node-exporter.service.d/platform.conf",
    );
    const { groupVars: base } = inventoryOf(dev, [baseline]);

    expect(base["desktop_backend_database"]?.["baseline_data_folder"]).toBe("/srv/data");
    expect(unit).toMatch(/^ {2}--collector\.filesystem \\$/m);
    // What the program leaves out by itself is /dev, /proc, /sys and the like; nothing is left out besides.
    expect(unit).not.toContain("--collector.filesystem.");
    expect(named("desktop_backend_database")).toContain("node 9100");
  });
});
