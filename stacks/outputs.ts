import { DataTerraformRemoteStateS3, propertyAccess, TerraformOutput, Token } from "cdktf";
import { stateKey } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { stateLocation } from "./stack.ts";

/** Values a stack hands on: single ones, or maps by name. */
export type OutputValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What a stack exports. Its type is the contract: a stack that reads an output which is gone does not compile. */
export interface Outputs<Values extends OutputValues> {
  readonly environment: Environment;
  readonly stack: string;
  readonly values: Values;
  /** The stack itself: the command lines deploy it before those that read it. */
  readonly producer: PlatformStack;
}

/** Writes the outputs of a stack under their own names. */
export function exported<const Values extends OutputValues>(
  scope: PlatformStack,
  environment: Environment,
  stack: string,
  values: Values,
): Outputs<Values> {
  for (const [name, value] of Object.entries(values)) {
    new TerraformOutput(scope, name, { value, staticId: true });
  }
  return { environment, stack, values, producer: scope };
}

/** The outputs of an earlier stack as a later one reads them: from its remote state. */
export function imported<Values extends OutputValues>(scope: PlatformStack, from: Outputs<Values>): Values {
  const { bucket, region } = stateLocation(from.environment);
  scope.addDependency(from.producer);
  const state = new DataTerraformRemoteStateS3(scope, from.stack, {
    bucket,
    region,
    key: stateKey(from.environment, from.stack),
  });
  const entries = Object.entries(from.values).map(([name, value]) => [
    name,
    typeof value === "string"
      ? state.getString(name)
      : Object.fromEntries(
          Object.keys(value).map((key) => [key, Token.asString(propertyAccess(state.get(name), [key]))]),
        ),
  ]);
  return Object.fromEntries(entries) as Values;
}

/**
 * The value of that name. Where the names are known to the compiler, another one does not compile; where they come of the
 * catalogue, one that is not there fails the synthesis instead of leaving a hole in it.
 */
export function named<Name extends string, Value>(values: ReadonlyMap<Name, Value>, name: NoInfer<Name>): Value;
export function named<Name extends string, Value>(
  values: ReadonlyMap<Name, Value> | Readonly<Record<Name, Value>>,
  name: NoInfer<Name>,
): Value;
export function named(values: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>, name: string): unknown {
  const map = values instanceof Map ? values : new Map(Object.entries(values));
  const value = map.get(name);
  if (value === undefined) {
    throw new Error(`"${name}" is not known; known are ${[...map.keys()].join(", ")}`);
  }
  return value;
}
