import { isRecord, type Json, type StackJson } from "../validate/stack-json.ts";
import { statefulTypes } from "./stateful-types.ts";
import { statelessTypes } from "./stateless-types.ts";

/** One synthesized stack. */
export interface MadeStack {
  readonly environment: string;
  readonly stack: string;
  readonly json: StackJson;
}

/** Replacing arguments as the stack writes them, references included; one that it does not set is absent. */
export type Arguments = Readonly<Record<string, Json>>;

/** One stateful resource, or the state of a stack itself (`terraform.backend`). */
export interface Entry {
  readonly environment: string;
  readonly stack: string;
  readonly address: string;
  /** `left`: gone from the output under a waiver that still stands. */
  readonly arguments: Arguments | "left";
}

/** Where a stack stands, as messages name it. */
export const stackOf = ({ environment, stack }: Pick<Entry, "environment" | "stack">): string =>
  `${environment}/${stack}`;

/** Where an entry stands, as messages name it. */
export const pathOf = (entry: Pick<Entry, "environment" | "stack" | "address">): string =>
  `${stackOf(entry)}/${entry.address}`;

/** The type of an address: `aws_kms_key` of `aws_kms_key.data-key_key`. */
export const typeOf = (address: string): string => address.slice(0, address.indexOf("."));

/** The stateful entries of a stack. Throws for a type that nobody has said to be stateful or stateless. */
export function entriesOf({ environment, stack, json }: MadeStack): readonly Entry[] {
  const backend = json.terraform?.backend?.["s3"];
  const resources = { ...json.resource, ...(backend === undefined ? {} : { terraform: { backend } }) };
  const entries = Object.entries(resources).flatMap(([type, named]) => {
    const stateful = statefulTypes[type];
    if (stateful === undefined && !statelessTypes.has(type)) {
      const [name] = Object.keys(named);
      throw new Error(
        `${environment}/${stack}/${type}.${name}: ${type} is neither stateful nor stateless; name it in scripts/ledger/stateful-types.ts when something is lost with its address, else in stateless-types.ts`,
      );
    }
    return Object.entries(stateful === undefined ? {} : named).map(([name, args]) => {
      const known = { region: regionOf(args, json), ...args };
      const values = (stateful?.replacing ?? []).flatMap((path): [string, Json][] => {
        const value = valueAt(known, path);
        return value === undefined ? [] : [[path, value]];
      });
      return { environment, stack, address: `${type}.${name}`, arguments: Object.fromEntries(values) };
    });
  });
  const isOwn = ({ address }: Entry) => statefulTypes[typeOf(address)]?.onlyWhereReferredTo !== true;
  const referredTo = new Set(entries.filter(isOwn).flatMap(({ arguments: args }) => referencesIn(args)));
  return entries.filter((entry) => isOwn(entry) || referredTo.has(entry.address));
}

/** The addresses that values refer to, data sources as `data.<type>.<name>`. */
export const referencesIn = (values: unknown): readonly string[] =>
  [...JSON.stringify(values).matchAll(/\b(data\.)?(\w+\.[\w-]+)\.\w/g)].map(([, data = "", address]) => data + address);

/** The value at a path of blocks, which Terraform JSON writes as an object or as a list of one. */
function valueAt(args: unknown, path: string): Json | undefined {
  const [first = "", ...rest] = path.split(".");
  const block: unknown = Array.isArray(args) ? args[0] : args;
  const value = isRecord(block) ? block[first] : undefined;
  return rest.length === 0 ? (value as Json | undefined) : valueAt(value, rest.join("."));
}

/** The region of the provider that a resource names: `aws.copy`, or none for the default one. */
function regionOf({ provider }: Readonly<Record<string, unknown>>, json: StackJson): unknown {
  const alias = typeof provider === "string" ? provider.replace(/^aws\./, "") : undefined;
  return json.provider?.["aws"]?.find((each) => each["alias"] === alias)?.["region"];
}
