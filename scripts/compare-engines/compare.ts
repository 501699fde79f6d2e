import { isRecord, type Json } from "../validate/stack-json.ts";

/** One value that the two engines write differently. */
export interface Difference {
  readonly stack: string;
  /** `aws_vpc.network`, `data.terraform_remote_state.audit`, `output.vpcId`, `provider.aws[0]`, `terraform`. */
  readonly address: string;
  /** `tags.Name`, `ingress[0].cidr_blocks`; empty: the whole of it. */
  readonly attribute: string;
  /** With each engine; undefined: not written at all. */
  readonly values: readonly [Json | undefined, Json | undefined];
}

type Step = string | number;
type Stacks = ReadonlyMap<string, Json>;

/**
 * Every difference between what two engines wrote, in the order of stacks and addresses. Nothing is passed over but the
 * version that an engine writes of itself; the provider's version is no exception, for the stacks set it.
 */
export function differences(one: Stacks, other: Stacks): readonly Difference[] {
  const ids = [...new Set([...one.keys(), ...other.keys()])].sort();
  return ids.flatMap((stack) =>
    below([], one.get(stack), other.get(stack))
      .filter(({ path }) => path.join("/") !== "///metadata/version")
      .map(({ path, values }) => ({ stack, ...place(path), values })),
  );
}

interface Found {
  readonly path: readonly Step[];
  readonly values: Difference["values"];
}

function below(path: readonly Step[], one: Json | undefined, other: Json | undefined): readonly Found[] {
  if (Array.isArray(one) && Array.isArray(other)) {
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).flatMap((index) =>
      below([...path, index], one[index], other[index]),
    );
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    return keys.flatMap((key) => below([...path, key], one[key] as Json, other[key] as Json));
  }
  return Object.is(one, other) ? [] : [{ path, values: [one, other] }];
}

/** How many steps of a path name the thing itself, by the block of Terraform JSON that it stands in. */
const DEPTH: Readonly<Record<string, number>> = { resource: 3, data: 3, output: 2, provider: 3, locals: 2 };

function place(path: readonly Step[]): { readonly address: string; readonly attribute: string } {
  const [block = "", ...rest] = path;
  const depth = (DEPTH[block] ?? 1) - 1;
  const named = rest.slice(0, depth);
  return {
    address: written(block === "resource" && named.length > 0 ? named : [block, ...named]),
    attribute: written(rest.slice(depth)),
  };
}

const written = (steps: readonly Step[]): string =>
  steps
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
