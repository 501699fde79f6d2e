import Table from "cli-table3";
import type { Index, StackCount } from "./index-file.ts";

/** What was written, for a person: a row per stack, then what the catalogue declares. */
export function summary(index: Index, written: readonly StackCount[]): string {
  const table = new Table({
    head: ["environment", "stack", "resources"],
    colAligns: ["left", "left", "right"],
    style: { head: [], border: [] },
  });
  table.push(...written.map(({ environment, name, resources }) => [environment, name, resources]));
  const total = written.reduce((sum, { resources }) => sum + resources, 0);
  return `${table.toString()}\n${written.length} ${written.length === 1 ? "stack" : "stacks"}, ${total} resources; ${declared(index)}\n`;
}

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
