import type { DeclaredHost, DeclaredPart } from "../declaration.ts";
import type { Estate, Host } from "../estate.ts";
import { known } from "../value.ts";

/** What the catalogue says of a host: of which service and part it is, and all ports that are declared there. */
export interface HostDeclaration {
  readonly service: string;
  /** `ticketing/api`. */
  readonly party: string;
  readonly part: DeclaredPart;
  readonly declared: DeclaredHost;
}

const declarations = {};

/** The declaration of a host: found by its machine's address, which Terraform gives it, or by its name. */
export const declarationOf = (estate: Estate, host: Host): HostDeclaration | undefined =>
  estate.once(declarations, () => byName(estate)).get(host.name);

function byName(estate: Estate): ReadonlyMap<string, HostDeclaration> {
  const byAddress = new Map<string, HostDeclaration>();
  const found = new Map<string, HostDeclaration>();
  for (const service of estate.declaration?.services ?? []) {
    for (const part of [...service.components, ...service.stores]) {
      for (const declared of part.hosts) {
        const said = { service: service.name, party: `${service.name}/${part.name}`, part, declared };
        byAddress.set(declared.address, said);
        found.set(declared.name, said);
      }
    }
  }
  for (const { block } of estate.terraform.ofType("aws_instance")) {
    const name = known(known(block.map("tags"))?.get("Name"));
    const said = byAddress.get(known(block.text("private_ip")) ?? "");
    if (name !== undefined && said !== undefined) found.set(name, said);
  }
  return found;
}
