import { type Estate, type HostFile, kind } from "../estate.ts";
import { objectOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { yamlOf } from "./yaml-files.ts";

/** An etcd, by its environment, its file or its command line: option by name as the command line has it. */
export interface Etcd {
  readonly at: Place;
  readonly option: (name: string) => string | undefined;
}

const ENVIRONMENT = /\/default\/etcd$|\/etcd\.env$/;
const FILE = /\/etcd[^/]*\.ya?ml$/;
const NESTED: Readonly<Record<string, string>> = {
  "client-transport-security": "",
  "peer-transport-security": "peer-",
};

/** Every etcd of every host. */
export const etcds = kind<Etcd>("etcd", (estate) =>
  estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file): readonly Etcd[] => {
      const option = optionsOf(estate, file);
      return option === undefined ? [] : [{ at: placeOfHost(host, file.path), option }];
    }),
  ),
);

function optionsOf(estate: Estate, file: HostFile): Etcd["option"] | undefined {
  if (ENVIRONMENT.test(file.path)) {
    const options = environmentOf(file.text);
    return (name) => options.get(`ETCD_${name.toUpperCase().replaceAll("-", "_")}`);
  }
  if (!FILE.test(file.path)) return undefined;
  const read = yamlOf(estate, file);
  const options = new Map<string, string>();
  for (const [name, value] of Object.entries(isUnknown(read) ? {} : read)) {
    const prefix = NESTED[name];
    const inner = prefix === undefined ? { [name]: value } : objectOf(value);
    for (const [each, text] of Object.entries(inner)) options.set(`${prefix ?? ""}${each}`, String(text));
  }
  return (name) => options.get(name);
}

const environmentOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/^\s*(?:export\s+)?(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [
      name,
      value.trim().replace(/^(["'])(.*)\1$/, "$2"),
    ]),
  );
