import { join } from "node:path";
import { rulesetsOf } from "../../ansible/firewall.ts";
import type { Estate } from "../../services/resolve.ts";
import { filesIn } from "../folder.ts";
import type { OutputFile } from "./write.ts";

/** The configuration of one host: a folder of its own, and all that belongs into it. */
export interface HostOutput {
  /** `ansible/dev/dev-tkt-api-a` */
  readonly folder: string;
  readonly files: readonly OutputFile[];
}

/**
 * The configuration of every host of an environment, of the services wanted: its firewall, made here, and what the roles'
 * templates say, rendered by Ansible and committed below `generated`, so that no run needs Python. Throws with the id of a
 * flow whose ends nobody can address.
 */
export function hostOutputs(
  estate: Estate,
  generated: string,
  wanted: (service: string) => boolean,
): readonly HostOutput[] {
  const { name } = estate.environment;
  return rulesetsOf(estate, wanted).map(({ host, text }) => {
    const folder = join("ansible", name, host.tag);
    const rendered = join(generated, name, "rendered", host.tag);
    const copies = filesIn(rendered).map((path) => ({ path: join(folder, path), copyOf: join(rendered, path) }));
    return { folder, files: [{ path: join(folder, "nftables.conf"), text }, ...copies] };
  });
}
