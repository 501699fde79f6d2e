import { describe, expect, test } from "vitest";
import { etcd } from "../../../ansible/inventory/roles/etcd.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

describe("etcd", () => {
  test.each(estates)(
    "stands on the hosts of each PostgreSQL of ours, and on no others: $environment.name",
    (estate) => {
      const { groups } = inventoryOf(estate, [etcd]);

      expect(groups["etcd"]).toEqual({ children: { ticketing_database: {} } });
    },
  );

  test.each(estates)("has a member in each zone, by the names that certificates have: $environment.name", (estate) => {
    const { groupVars } = inventoryOf(estate, [etcd]);
    const hosts = estate.services
      .flatMap((service) => service.hosts)
      .filter(({ party }) => party === "ticketing/database");

    expect(new Set(hosts.map(({ zone }) => zone.letter)).size).toBe(3);
    expect(groupVars["ticketing_database"]).toMatchObject({
      etcd_members: hosts.map(({ name, address, domain }) => ({ name, address, domain })),
      etcd_allowed_name: `database.ticketing.${estate.environment.domain.private}`,
      etcd_client_port: 2379,
      etcd_peer_port: 2380,
      etcd_certificate: "/etc/patroni/tls/tls.crt",
      etcd_key: "/etc/patroni/tls/tls.key",
      etcd_authority: "/etc/patroni/tls/ca.crt",
    });
  });

  test("has a token of its own in each environment, so that no cluster takes another's member", () => {
    const tokens = estates.map((estate) => inventoryOf(estate, [etcd]).groupVars["ticketing_database"]?.["etcd_token"]);

    expect(tokens).toEqual(["dev-ticketing-database", "staging-ticketing-database", "production-ticketing-database"]);
  });
});
