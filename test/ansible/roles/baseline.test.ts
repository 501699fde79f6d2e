import { describe, expect, test } from "vitest";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

describe("the role baseline", () => {
  test.each(estates)("is for every host: $environment.name", (estate) => {
    const { groups, groupVars } = inventoryOf(estate, [baseline]);

    expect(Object.keys(groups["baseline"]?.children ?? {})).toEqual(Object.keys(groupVars));
  });

  test.each(estates)("updates no two zones in one night [NOD-5.6]: $environment.name", (estate) => {
    const { hostVars } = inventoryOf(estate, [baseline]);

    const days = new Map<unknown, Set<unknown>>();
    for (const { platform_zone: zone, baseline_update_day: day } of Object.values(hostVars)) {
      days.set(zone, (days.get(zone) ?? new Set()).add(day));
    }

    expect([...days.keys()].toSorted()).toEqual(["a", "b", "c"]);
    expect([...days.values()].map((each) => each.size)).toEqual([1, 1, 1]);
    expect(new Set([...days.values()].flatMap((each) => [...each])).size).toBe(3);
  });

  test("mounts a data volume where the catalogue gives one, and nowhere else", () => {
    const [dev] = estates;
    if (dev === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(dev, [baseline]);

    const mounted = Object.keys(groupVars).filter((name) => groupVars[name]?.["baseline_data_folder"] !== undefined);

    expect(mounted).toEqual([
      "ticketing_database",
      "ticketing_redis",
      "desktop_backend_database",
      "resident_services_redis",
      "message_broker_proxy",
      "message_broker_main",
      "student_allocation_redis",
      "observability_prometheus",
      "observability_loki",
      "observability_tempo",
    ]);
  });

  test("lets Redis fork without the memory it will not touch", () => {
    const [dev] = estates;
    if (dev === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(dev, [baseline]);
    const overcommits = { "vm.overcommit_memory": 1 };

    expect(groupVars["ticketing_redis"]).toMatchObject({ baseline_sysctls: overcommits });
    expect(groupVars["message_broker_proxy"]).toMatchObject({ baseline_sysctls: overcommits });
    expect(groupVars["ticketing_api"]).toMatchObject({ baseline_sysctls: {} });
  });
});
