import Table from "cli-table3";
import type { Index, StackCount } from "./index-file.ts";

/** A stack that was written; where it has a release of its name in the cluster, with the objects of that. */
export interface Written extends StackCount {
  readonly objects?: number;
}

/** What was written, for a person: a row per stack and its release, the hosts configured, then what the catalogue declares. */
export function summary(index: Index, written: readonly Written[], hosts: number): string {
  const table = new Table({
    head: ["environment", "stack", "resources", "objects"],
    colAligns: ["left", "left", "right", "right"],
    style: { head: [], border: [] },
  });
  table.push(
    ...written.map(({ environment, name, resources, objects }) => [environment, name, resources, objects ?? ""]),
  );
  const releases = written.flatMap(({ objects }) => objects ?? []);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const totals = [
    `${counted(written.length, "stack")}, ${sum(written.map(({ resources }) => resources))} resources`,
    ...(releases.length === 0 ? [] : [`${counted(releases.length, "release")}, ${sum(releases)} objects`]),
    ...(hosts === 0 ? [] : [counted(hosts, "host")]),
    declared(index),
  ];
  return `${table.toString()}\n${totals.join("; ")}\n`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Totals of one environment; all have the same. */
function declared({ environments }: Index): string {
  const services = environments[0]?.services ?? [];
  const count = (of: (service: (typeof services)[number]) => readonly unknown[]) =>
    services.reduce((sum, service) => sum + of(service).length, 0);
  return [
    `${services.length} services`,
    `${count((service) => service.components)} components`,
    `${count((service) => service.stores)} stores`,
    `${count((service) => service.flows)} flows`,
    `${count((service) => service.egress)} egress domains per environment`,
  ].join(", ");
}
