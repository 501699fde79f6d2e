import { describe, expect, test } from "vitest";
import { administrativePorts } from "../../policies/model/network/administrative-ports.ts";
import { TCP, UDP } from "../../policies/model/network/protocol.ts";
import { hasPort } from "../../policies/model/ports.ts";
import { gatewayOf } from "../../scripts/lab/cloud/network.ts";
import { planLab } from "../../scripts/lab/plan.ts";
import { declaredIn, samplePorts } from "../../scripts/lab/verify/expected.ts";
import { datagramsBetween, portsBetween } from "../../scripts/lab/verify/packets.ts";
import { catalogue } from "../../services/catalogue.ts";

const ticketing = planLab("ticketing", "dev");
const declared = declaredIn(ticketing);
const { allows, ports, forbidden, datagrams } = declared;
const hostCalled = (name: string) => {
  const found = ticketing.hosts.find((host) => host.name === name);
  if (found === undefined) throw new Error(`${name}: is no host`);
  return found;
};
const at = (name: string) => hostCalled(name).address;

describe("what packets are expected to do", () => {
  test("follows declared flows in their direction, port and protocol", () => {
    expect(allows(at("api-a"), at("database-b"), "tcp", 5432)).toBe(true);
    expect(allows(at("database-b"), at("api-a"), "tcp", 5432)).toBe(false);
    expect(allows(at("api-a"), at("database-b"), "udp", 5432)).toBe(false);
    expect(allows(at("api-a"), at("api-b"), "tcp", 443)).toBe(false);
    expect(allows(at("api-a"), "10.10.66.99", "tcp", 2049)).toBe(true);
    expect(allows(at("api-a"), at("database-a"), "tcp", 2049)).toBe(false);
  });

  test("lets load balancers call from any address of their subnets, and scrapers from their own", () => {
    expect(allows("10.10.9.77", at("api-a"), "tcp", 443)).toBe(true);
    expect(allows("10.10.210.4", at("redis-c"), "tcp", 9121)).toBe(true);
    expect(allows("10.10.210.5", at("redis-c"), "tcp", 9121)).toBe(false);
  });

  test("lets those out that have names outside, on that port", () => {
    expect(allows(at("worker-a"), "198.18.0.3", "tcp", 443)).toBe(true);
    expect(allows(at("worker-a"), "198.18.0.3", "tcp", 80)).toBe(false);
    expect(allows(at("api-a"), "198.18.0.3", "tcp", 443)).toBe(false);
  });

  test("lets every host ask for names and time, and renew its lease at the router of its own subnet", () => {
    const routerOf = (name: string) => gatewayOf(ticketing, hostCalled(name).subnet);

    for (const { address } of ticketing.hosts) {
      expect(allows(address, "169.254.169.253", "udp", 53)).toBe(true);
      expect(allows(address, "169.254.169.123", "udp", 123)).toBe(true);
    }
    expect(allows(at("api-a"), routerOf("api-a"), "udp", 67)).toBe(true);
    expect(allows(at("api-a"), routerOf("api-b"), "udp", 67)).toBe(false);
    expect(allows(at("api-a"), routerOf("api-a"), "tcp", 67)).toBe(false);
  });
});

describe("ports that are tried", () => {
  /** Every port of a protocol anywhere below, whoever has it. */
  function portsBelow(value: unknown, protocol: string, seen = new Set<unknown>()): readonly number[] {
    if (typeof value !== "object" || value === null || seen.has(value)) return [];
    seen.add(value);
    const own = "port" in value && "protocol" in value && value.protocol === protocol ? [Number(value.port)] : [];
    return [...own, ...Object.values(value).flatMap((each) => portsBelow(each, protocol, seen))];
  }
  const without = (all: readonly number[], tried: readonly number[]) => all.filter((port) => !tried.includes(port));

  test("are all of the catalogue, those of stores, exporters, pods and loopback too", () => {
    const all = portsBelow(catalogue.services, "tcp");

    // Of a local store, an exporter, the application behind NGINX, a file system, a database of AWS.
    expect(without([3306, 9187, 18000, 2049, 5432], all)).toEqual([]);
    expect(without(all, ports)).toEqual([]);
    expect(without(portsBelow(catalogue.services, "udp"), datagrams)).toEqual([]);
    expect(without([53, 67, 123], datagrams)).toEqual([]);
  });

  test("are all that policies forbid, but for the inside of long ranges", () => {
    const insides = administrativePorts.flatMap(([protocol, set]) => {
      const tried = protocol === TCP ? [...ports, ...forbidden] : datagrams;
      const all = Array.from({ length: 65_535 }, (_, index) => index + 1).filter((port) => hasPort(set, port));
      return without(all, tried).filter((port) => !(hasPort(set, port - 1) && hasPort(set, port + 1)));
    });

    expect(administrativePorts.map(([protocol]) => protocol)).toEqual([TCP, UDP]);
    expect(insides).toEqual([]);
    expect(without([22, 2376, 5986, 9999, 10_250, 11_211, 27_018], [...ports, ...forbidden])).toEqual([]);
    expect(without(forbidden, ports)).toEqual(forbidden);
  });

  test("are all of them between two hosts", () => {
    const tried = portsBetween("a", "b", { forbidden: Number.POSITIVE_INFINITY, any: 128, datagrams: 32 }, declared);

    expect(without([...ports, ...forbidden, ...samplePorts("a b", 128)], tried)).toEqual([]);
    expect(new Set(tried).size).toBe(tried.length);
  });

  test("are of what is forbidden others for each pair elsewhere, and all of it for some pair", () => {
    const strangers = ticketing.absent.map(({ address }) => address);
    const of = (from: string, to: string) => portsBetween(from, to, { forbidden: 24, any: 32, datagrams: 8 }, declared);
    const tried = strangers.flatMap((from) => ticketing.hosts.flatMap(({ address }) => of(from, address)));

    expect(without(ports, of("a", "b"))).toEqual([]);
    expect(of("a", "b").length).toBeLessThanOrEqual(ports.length + 24 + 32);
    expect(without(forbidden, tried)).toEqual([]);
  });

  test("are by UDP those of the catalogue, and a sample of all others for each pair", () => {
    const of = (to: string) => datagramsBetween("a", to, { forbidden: 24, any: 32, datagrams: 8 }, declared);

    expect(without(datagrams, of("b"))).toEqual([]);
    expect(without(of("b"), datagrams).length).toBeGreaterThan(4);
    expect(without(of("b"), [...datagrams, ...of("c")]).length).toBeGreaterThan(4);
    expect(of("b")).toEqual(of("b"));
  });

  test("are the same for the same pair, and others for another", () => {
    expect(samplePorts("a b", 50)).toEqual(samplePorts("a b", 50));
    expect(samplePorts("a b", 50)).not.toEqual(samplePorts("a c", 50));
    expect(samplePorts("a b", 500).every((port) => port >= 1 && port <= 65535)).toBe(true);
  });
});
