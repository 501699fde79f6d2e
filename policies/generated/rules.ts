// Generated from policies/rules. Do not edit; run npm run generate.
import type { AnyRule } from "../engine/rule.ts";
import { rules as cluster } from "./rules/cluster.ts";
import { rules as contract } from "./rules/contract.ts";
import { rules as data } from "./rules/data.ts";
import { rules as firewall } from "./rules/firewall.ts";
import { rules as governance } from "./rules/governance.ts";
import { rules as hosts } from "./rules/hosts.ts";
import { rules as identity } from "./rules/identity.ts";
import { rules as tls } from "./rules/tls.ts";

/** Every rule, by area and name. */
export const rules: readonly AnyRule[] = [
  ...firewall,
  ...tls,
  ...data,
  ...identity,
  ...cluster,
  ...hosts,
  ...governance,
  ...contract,
];
