import { describe, expect, test } from "vitest";
import { type LabPlan, planLab } from "../../scripts/lab/plan.ts";
import { doorsOf, readyCommands, unserved } from "../../scripts/lab/verify/health.ts";

const ticketing = planLab("ticketing", "dev");
const broker = planLab("message-broker", "dev");
const hostsOf = ({ hosts }: LabPlan, group: string) => hosts.filter((host) => host.group === group);

describe("doors that are tried after a restart", () => {
  const outside = ({ absent }: LabPlan) =>
    // A neighbour in the first public subnet, as load balancers are.
    [...absent.map(({ address }) => address), "10.10.0.200"].map((address) => ({ address, source: address }));
  const portsOf = (plan: LabPlan, group: string, from: ReturnType<typeof outside> = outside(plan)) =>
    doorsOf(plan, hostsOf(plan, group).slice(0, 1), from).map(
      ({ probe: [, , port], callers }) =>
        `${port} ${callers.map((each) => ("tag" in each ? "host" : "outside")).join(" ")}`,
    );

  test("are every declared listener of a host, those too whose callers are not in the lab", () => {
    expect(portsOf(ticketing, "api")).toEqual(["443 outside", "9101 outside", "9113 outside", "9100 outside"]);
    expect(portsOf(broker, "proxy")).toEqual(
      expect.arrayContaining(["8001 outside", "8002 host", "8003 outside", "9100 outside"]),
    );
  });

  test("have nobody to try them where whoever may call is left out", () => {
    expect(portsOf(ticketing, "api", [])).toEqual(["443 ", "9101 ", "9113 ", "9100 "]);
  });
});

test("whether a host does its work is asked by the commands of the playbooks, clusters included", () => {
  const commands = (plan: LabPlan, group: string) => hostsOf(plan, group).map((host) => readyCommands(plan, host));

  expect(commands(ticketing, "database")).toEqual(
    Array(3).fill(["/usr/local/sbin/etcd-member ready 120", "/usr/local/sbin/patroni-member ready 120"]),
  );
  expect(commands(ticketing, "redis")).toEqual(Array(3).fill(["/usr/local/sbin/redis-member await 120"]));
  expect(commands(broker, "main")[0]).toContain("systemctl is-active --quiet main_server.service");
});

describe("load balancers", () => {
  const [site] = ticketing.resolved.entrypoints.map(({ resource }) => resource);
  const said = (...states: readonly string[]) => unserved(ticketing, { [String(site)]: states });

  test("are well when every host behind them is a healthy target", () => {
    expect(said("healthy", "healthy")).toEqual([]);
  });

  test("are not when one is unhealthy, is registered no more, or is unknown", () => {
    expect(said("healthy", "unhealthy")).toEqual([`${site}: must have 2 healthy targets, got healthy, unhealthy`]);
    expect(said("healthy")).toEqual([`${site}: must have 2 healthy targets, got healthy`]);
    expect(unserved(ticketing, {})).toEqual([`${site}: must have 2 healthy targets, got none`]);
  });
});
