import { stringify } from "yaml";
import { instances } from "../../ansible/inventory/platform.ts";
import { inventoryOf } from "../../ansible/inventory.ts";
import { type Estate, resolveEstate } from "../../services/resolve.ts";
import { type GeneratedFile, type Generator, header } from "./generated.ts";

const FOLDER = "ansible/generated";
const SOURCE = "services/catalogue.ts";

/** Ansible reads YAML 1.1, as Helm does: a bare `no` is false there. */
const yamlFile = (path: string, value: unknown): GeneratedFile => ({
  path: `${FOLDER}/${path}`,
  text: header(SOURCE) + stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false }),
});

function inventoryFiles(estate: Estate): readonly GeneratedFile[] {
  const environment = estate.environment.name;
  const inventory = inventoryOf(estate);
  const vars = (folder: string, byName: Readonly<Record<string, unknown>>) =>
    Object.entries(byName).map(([name, values]) => yamlFile(`${environment}/${folder}/${name}.yaml`, values));
  return [
    yamlFile(`${environment}/hosts.yaml`, { all: { children: inventory.groups } }),
    yamlFile(`${environment}/instances.aws_ec2.yaml`, instances(estate)),
    ...vars("group_vars", { all: inventory.environmentVars, ...inventory.groupVars }),
    ...vars("host_vars", inventory.hostVars),
  ];
}

/** Inventories of every environment. What `npm run render-hosts` writes beside them is not of this generator. */
export const ansible: Generator = {
  folder: FOLDER,
  leaves: (path) => path.split("/")[3] === "rendered",
  files: (catalogue) =>
    catalogue.environments.flatMap((environment) => inventoryFiles(resolveEstate(catalogue, environment))),
};
