import { mkdirSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { authorityArn } from "./cloud/facts.ts";
import type { LabPlan } from "./plan.ts";
import { type LabState, piece } from "./state.ts";

/** What a login of root has. */
const LOGIN = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8";

/**
 * What the lab says of its hosts over the inventory that the catalogue gives: the way to them, and nothing of what they
 * are. Variables of hosts, for these outrank those of every group.
 */
export const overlay = (
  { hosts, estate }: Pick<LabPlan, "hosts" | "estate">,
  state: LabState,
  packageKey: string,
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    hosts.map(({ tag }) => [
      tag,
      {
        // By the host's first process: no packet and no second interface, so that the firewall is that of the cloud.
        ansible_connection: "setns",
        mitogen_kind: "machinectl",
        mitogen_machinectl_path: piece("machine/leader.sh"),
        // Nothing of the controller's own environment.
        ansible_python_interpreter: `/usr/bin/env -i ${LOGIN} /usr/bin/python3`,
        // What a container cannot do: audit, clock, EFS, block volumes, vm.*.
        platform_simulated: true,
        // Where the lab writes the rulesets that `npm start` would.
        platform_output: state.at("out"),
        // The private half of the cloud's key is not here.
        baseline_repository_key: packageKey,
        // Patience of a release: a bad one is waited for as long as it may take to answer.
        python_service_ready_seconds: 15,
        python_service_watch_seconds: 2,
        // Nobody signs for people: the broker's authority is asked itself, for there is no procedure.
        private_ca_client_signer: "authority",
        private_ca_client_authority: authorityArn(estate.environment, "broker"),
      },
    ]),
  );

/** Writes the overlay as an inventory folder: `<state>/inventory`. */
export function writeInventory(plan: LabPlan, state: LabState, packageKey: string): void {
  const variables = overlay(plan, state, packageKey);
  mkdirSync(state.at("inventory/host_vars"), { recursive: true });
  const hosts = Object.fromEntries(Object.keys(variables).map((tag) => [tag, {}]));
  writeFileSync(state.at("inventory/hosts.yaml"), stringify({ all: { children: { lab: { hosts } } } }));
  for (const [tag, values] of Object.entries(variables)) {
    writeFileSync(state.at("inventory/host_vars", `${tag}.yaml`), stringify(values, { lineWidth: 0 }));
  }
}
