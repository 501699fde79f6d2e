import { readFileSync } from "node:fs";
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

/** Beside a host's files: who may read and change each. */
const MODES = "files.json";
/** The firewall, as the module `platform.hosts.ruleset` writes it on the host. */
const OF_RULESET = { "/etc/nftables.conf": { group: "root", mode: "0644", owner: "root" } };

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
    const copies = filesIn(rendered).map((path): OutputFile => {
      const [to, copyOf] = [join(folder, path), join(rendered, path)];
      return path === MODES ? { path: to, text: withRuleset(readFileSync(copyOf, "utf8")) } : { path: to, copyOf };
    });
    return { folder, files: [{ path: join(folder, "nftables.conf"), text }, ...copies] };
  });
}

/** The modes of rendered files, and that of the ruleset, which is made here. */
const withRuleset = (modes: string): string => `${JSON.stringify({ ...JSON.parse(modes), ...OF_RULESET }, null, 2)}\n`;
