import { type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** What a host sets of its kernel, all files together: later names win. */
export interface KernelSettings {
  readonly at: Place;
  readonly setting: (name: string) => string | undefined;
}

/** Kernel settings of each host that any file sets; hosts without such a file are there too. */
export const kernelSettings = kind<KernelSettings>("kernel of a host", ({ hosts }) =>
  hosts.filter(isWhole).map((host) => {
    const files = [...host.files.values()]
      .filter(({ path }) => /\/sysctl(?:\.d\/[^/]+)?\.conf$/.test(path))
      .sort((one, other) => (nameOf(one.path) < nameOf(other.path) ? -1 : 1));
    const values = new Map<string, string>();
    for (const { text } of files) {
      for (const [, name = "", value = ""] of text.matchAll(/^\s*-?([\w./*-]+)\s*=\s*(.*?)\s*$/gm)) {
        values.set(name.replaceAll("/", "."), value);
      }
    }
    return { at: placeOfHost(host, files.at(-1)?.path), setting: (name) => values.get(name) };
  }),
);

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Hosts of which more than one program is rendered: an example, or a part of somebody's, says nothing of the whole. */
export const isWhole = ({ files }: Host): boolean =>
  [...files.keys()].some((path) => /\/sysctl|\/journald|\/apt\/|\/chrony|\/audit\/|resolv\.conf$/.test(path));
