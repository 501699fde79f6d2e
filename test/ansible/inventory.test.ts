import { describe, expect, test } from "vitest";
import type { HostRole } from "../../ansible/inventory/role.ts";
import { hostRoles } from "../../ansible/inventory/roles.ts";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
const [dev] = estates;
if (dev === undefined) throw new Error("no environment");

/** All texts in a value, however deep. */
const texts = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
};

describe("the inventory of an environment", () => {
  test.each(estates)("holds every host of the catalogue once, called as its Name tag: $environment.name", (estate) => {
    const { groups, hostVars } = inventoryOf(estate);
    const hosts = estate.services.flatMap((service) => service.hosts);

    const inZones = Object.entries(groups)
      .filter(([name]) => name.startsWith("zone_"))
      .flatMap(([, group]) => Object.keys(group.hosts ?? {}));

    expect(hosts.length).toBeGreaterThan(0);
    expect(Object.keys(hostVars)).toEqual(hosts.map(({ tag }) => tag));
    expect(inZones.toSorted()).toEqual(hosts.map(({ tag }) => tag).toSorted());
    expect(new Set(inZones).size).toBe(inZones.length);
  });

  test("puts each component and store into its service, with its hosts", () => {
    const { groups } = inventoryOf(dev);

    expect(Object.keys(groups["message_broker"]?.children ?? {})).toEqual([
      "message_broker_proxy",
      "message_broker_main",
      "message_broker_worker",
      "message_broker_portal",
    ]);
    expect(Object.keys(groups["message_broker_proxy"]?.hosts ?? {})).toEqual(["dev-brk-proxy-a", "dev-brk-proxy-b"]);
  });

  test("runs a role where the role says it is for, and tells it there alone what it needs", () => {
    const role: HostRole = {
      name: "tried",
      groupVars: ({ group }) => (group.name === "api" ? { tried_port: 1, tried_absent: undefined } : undefined),
      hostVars: ({ host }) => ({ tried_zone: host.zone.letter }),
      reloads: () => ["systemctl reload tried"],
    };

    const { groups, groupVars, hostVars } = inventoryOf(dev, [role]);

    expect(groups["tried"]).toEqual({ children: { ticketing_api: {} } });
    expect(groupVars["ticketing_api"]).toMatchObject({
      tried_port: 1,
      platform_reloads_on_renewal: ["systemctl reload tried"],
    });
    expect(groupVars["ticketing_api"]).not.toHaveProperty("tried_absent");
    expect(groupVars["ticketing_worker"]).not.toHaveProperty("tried_port");
    expect(hostVars["dev-tkt-api-b"]).toMatchObject({ tried_zone: "b" });
    expect(hostVars["dev-tkt-worker-a"]).not.toHaveProperty("tried_zone");
  });

  test("names variables by the role's prefix, so that no role overrides another", () => {
    const inventory = inventoryOf(dev);

    const strangers = [...Object.values(inventory.groupVars), ...Object.values(inventory.hostVars)]
      .flatMap((variables) => Object.keys(variables))
      .filter((name) => !["platform", ...hostRoles.map((role) => role.name)].some((own) => name.startsWith(`${own}_`)));

    expect(hostRoles.length).toBeGreaterThan(0);
    expect([...new Set(strangers)]).toEqual([]);
  });

  test.each(estates)("holds names of secrets of its own environment and nothing else: $environment.name", (estate) => {
    const known = new Set(estate.services.flatMap(({ secrets }) => secrets.map(({ fullName }) => fullName)));

    const marked = texts(inventoryOf(estate)).flatMap((text) =>
      [...text.matchAll(/%%(?:secret|sha256)[a-z-]*:([^%:]+)(?::\d+)?%%/g)].map(([, name]) => name ?? ""),
    );

    expect(marked.filter((name) => !known.has(name))).toEqual([]);
  });
});
