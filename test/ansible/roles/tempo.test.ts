import { describe, expect, test } from "vitest";
import { tempo } from "../../../ansible/inventory/roles/tempo.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { observability } from "../../../services/observability.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { days } from "../../../services/schema/units.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

describe("the role tempo", () => {
  test.each(estates)(
    "takes OTLP where every tracing component sends it [MUN-3.6, ALC-6.10]: $environment.name",
    (estate) => {
      const { ports, group } = {
        ports: inventoryOf(estate, [tempo]).groupVars["observability_tempo"]?.["tempo_ports"],
        group: "observability/tempo",
      };
      const sent = estate.services
        .filter(({ service }) => service.name !== observability.name)
        .flatMap(({ flows }) => flows.filter(({ to }) => to === group));

      expect(sent.length).toBeGreaterThan(0);
      expect(ports).toEqual({ otlp: 4317, query: 3200, ring: 7946, grpc: 9095 });
      expect(new Set(sent.map(({ port, transport }) => `${port} ${transport}`))).toEqual(new Set(["4317 tls"]));
    },
  );

  test.each(estates)("ends traces before the bucket takes their blocks away: $environment.name", (estate) => {
    const store = inventoryOf(estate, [tempo]).groupVars["observability_tempo"]?.["tempo_store"];
    const bucket = observability.access.find(({ prefix }) => prefix === "tempo")?.to;

    expect(store).toMatchObject({ prefix: "tempo" });
    expect((store as unknown as { readonly hours: number }).hours * 3_600).toBe((bucket?.expires ?? 0) - days(1));
  });
});
