import { readFileSync } from "node:fs";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { piece } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** Where a host's names are told otherwise, for one program alone. */
const NAMES = "/run/lab-names";

/** What an application got of each store, by its own code, account, environment and files; null: an answer. */
async function stores(lab: Lab, host: LabHost, names: string): Promise<Readonly<Record<string, string | null>>> {
  const { name } = lab.plan.resolved.service;
  await onHost(lab, host, ["sh", "-c", `cat >${NAMES}`], names);
  const settings = [
    ...[`User=${name}`, `Group=${name}`, "SupplementaryGroups=tls-keys", `WorkingDirectory=/opt/${name}`],
    ...[`EnvironmentFile=/opt/${name}/.env`, `BindReadOnlyPaths=${NAMES}:/etc/hosts`],
  ];
  const said = await onHost(lab, host, [
    ...["systemd-run", "--quiet", "--collect", "--pipe", "--wait"],
    ...settings.map((setting) => `--property=${setting}`),
    ...[`/opt/${name}/venv/bin/python`, "-c", readFileSync(piece("verify/impostors.py"), "utf8")],
  ]);
  await onHost(lab, host, ["rm", "--force", NAMES]);
  return JSON.parse(said) as Readonly<Record<string, string | null>>;
}

/** Each host's name at the address of the next one of its group: its certificate is good, and another's. */
const swapped = (hosts: readonly LabHost[]): string =>
  hosts
    .map(({ group, domain }, index) => {
      const members = hosts.filter((each) => each.group === group);
      const next = members[(members.indexOf(hosts[index] as LabHost) + 1) % members.length];
      return `${next?.address} ${domain}\n`;
    })
    .join("");

/** Servers that hold a certificate of the platform's, and are not who is asked for. */
export const impostors: Check = {
  name: "impostors",
  proves: "an application speaks to no PostgreSQL and no Redis whose certificate has another host's name",
  services: ["ticketing"],
  run: async (lab) => {
    const host = hostOf(lab, "api");
    const kept = lab.plan.hosts.filter(({ group }) =>
      lab.plan.resolved.service.stores.some(({ name }) => name === group),
    );
    const [declared, others] = [await stores(lab, host, ""), await stores(lab, host, swapped(kept))];
    demandNone([
      ...Object.entries(declared).flatMap(([name, said]) =>
        said === null ? [] : [`${name}: must answer, said ${said}`],
      ),
      ...Object.entries(others).flatMap(([name, said]) =>
        said !== null && /host ?name/i.test(said) ? [] : [`${name} with another's name: must be refused, said ${said}`],
      ),
    ]);
    return `${Object.keys(others).join(" and ")} at another host's address refused`;
  },
};
