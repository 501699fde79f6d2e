import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { type Estate, type ResolvedFlow, resolveEstate } from "../../../services/resolve.ts";
import { type Component, listeners } from "../../../services/schema/component.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import type { Store } from "../../../services/schema/store.ts";

/** What holds for every flow of the real catalogue, in every environment. */

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
const flowsOf = ({ services }: Estate): readonly ResolvedFlow[] => services.flatMap(({ flows }) => flows);

/** Everybody who may stand at an end of a flow. */
function partiesOf({ services }: Estate): ReadonlySet<string> {
  return new Set(
    services.flatMap(({ service }) => [
      ...[...service.components, ...service.stores, ...service.entrypoints].map(
        ({ name }) => `${service.name}/${name}`,
      ),
      ...service.jobs.filter(({ on }) => on.kind === "pods").map(({ name }) => `${service.name}/${name}`),
      ...(service.components.some(({ kind }) => kind === "pods") ? [`${service.name}/nodes`] : []),
    ]),
  );
}

const hypervisor = ["resolver", "lease", "time", "host-identity", "pod-identity"].map((name) => `platform/${name}`);
const endpoints = ["management", "secrets", "telemetry", "identity", "certificates", "registry", "storage", "mail"].map(
  (group) => `platform/endpoint-${group}`,
);
const outside = ["internet", "clients", "admins", "cloudfront"].map((audience) => `outside/${audience}`);
const foreign = [...hypervisor, ...endpoints, ...outside, "platform/cluster"];

describe.each(estates.map((estate) => ({ name: estate.environment.name, estate })))(
  "every flow of $name",
  ({ estate }) => {
    const flows = flowsOf(estate);

    test("has an id of its own in the whole environment", () => {
      expect(flows.length).toBeGreaterThan(300);
      expect(new Set(flows.map(({ id }) => id)).size).toBe(flows.length);
    });

    test("joins parties that exist", () => {
      const parties = partiesOf(estate);

      expect(
        flows.filter(({ from, to }) => ![from, to].every((end) => parties.has(end) || foreign.includes(end))),
      ).toEqual([]);
    });

    test("is encrypted, but for loopback, the hypervisor and the redirect to HTTPS", () => {
      const clear = flows.filter(({ transport }) => !["tls", "mtls", "starttls"].includes(transport));

      expect(new Set(clear.map(({ transport }) => transport))).toEqual(new Set(["loopback", "link-local", "redirect"]));
      for (const { id, from, to, port, transport } of clear) {
        switch (transport) {
          case "link-local":
            expect([id, hypervisor.includes(to)]).toEqual([id, true]);
            break;
          case "redirect":
            expect([id, port, from.startsWith("outside/")]).toEqual([id, 80, true]);
            break;
          default:
            expect([id, ownHost(estate, from, to)]).toEqual([id, true]);
        }
      }
    });

    test("says why", () => {
      expect(flows.filter(({ why }) => why.trim().length < 4)).toEqual([]);
    });

    test("from outside ends at a load balancer", () => {
      const entrypoints = estate.services.flatMap(({ service }) =>
        service.entrypoints.map(({ name }) => `${service.name}/${name}`),
      );
      const entering = flows.filter(({ from }) => from.startsWith("outside/"));

      expect(new Set(entering.map(({ to }) => to))).toEqual(new Set(entrypoints));
    });

    test("reaches every port that listens beyond loopback, and no port that does not listen", () => {
      const listening = estate.services.flatMap(({ service }) =>
        [...service.components, ...service.stores.filter((store) => store.kind !== "objects")].flatMap((owner) =>
          listeners(owner)
            .filter((listener) => !isUnusedCache(owner, listener) && !isForKubelet(owner, listener))
            .map(({ port, protocol, transport }) => `${service.name}/${owner.name}:${port}/${protocol} ${transport}`),
        ),
      );
      const parts = new Set(
        estate.services.flatMap(({ service }) =>
          [...service.components, ...service.stores].map(({ name }) => `${service.name}/${name}`),
        ),
      );
      const reached = new Set(
        flows
          .filter(({ to }) => parts.has(to))
          .map(({ to, port, protocol, transport }) => `${to}:${port}/${protocol} ${transport}`),
      );

      expect(listening.filter((each) => !each.endsWith(" loopback") && !reached.has(each))).toEqual([]);
      expect([...reached].filter((each) => !listening.includes(each))).toEqual([]);
    });
  },
);

/** The port of Redis' second instance, where a store has none. */
const isUnusedCache = (owner: Component | Store, { name }: Listener): boolean =>
  name === "cache" && owner.kind === "redis-sentinel" && owner.cache === undefined;

/** A port of pods that nobody asks but the kubelet of their own node, whose calls no rule can stop. */
const isForKubelet = (owner: Component | Store, { name, purpose }: Listener): boolean =>
  owner.kind === "pods" &&
  purpose !== "metrics" &&
  name !== "web" &&
  Object.values(owner.probes).some((probe) => "on" in probe && probe.on === name);

/** True when both parties are one, or a store on the loopback of the other's hosts. */
function ownHost({ services }: Estate, from: string, to: string): boolean {
  if (from === to) return true;
  return services.some(({ service }) =>
    service.stores.some(
      (store) =>
        (store.kind === "local-mysql" || store.kind === "local-redis") &&
        `${service.name}/${store.name}` === to &&
        `${service.name}/${store.on.name}` === from,
    ),
  );
}

test("no environment changes who may talk to whom", () => {
  const [first, ...others] = estates.map(flowsOf);

  expect(others).toHaveLength(2);
  for (const other of others) expect(other).toEqual(first);
});

test("no environment changes which names on the internet are reached, nor who reads a secret", () => {
  const declared = estates.map(({ services }) =>
    services.map(({ egress, secrets }) => ({
      egress: egress.map(({ from, domain, port }) => ({ from, domain, port })),
      secrets: secrets.map(({ name, consumers, rotationDays }) => ({ name, consumers, rotationDays })),
    })),
  );

  expect(declared[1]).toEqual(declared[0]);
  expect(declared[2]).toEqual(declared[0]);
});

test("the same catalogue resolves to the same estate, and resolving changes nothing in it", () => {
  const before = JSON.stringify(catalogue);
  for (const [index, environment] of catalogue.environments.entries()) {
    expect(resolveEstate(catalogue, environment)).toEqual(estates[index]);
  }
  expect(JSON.stringify(catalogue)).toBe(before);
});
