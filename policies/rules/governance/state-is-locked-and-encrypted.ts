import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { nameOfState, type State, states } from "../../model/governance/states.ts";

/** A state holds every secret that Terraform ever saw, and two who write it at once lose it. */
export const stateIsLockedAndEncrypted = rule({
  id: "GOV-003",
  slug: "state-is-locked-and-encrypted",
  severity: "critical",
  title: "Every state lies in a bucket, encrypted with a key of ours, locked, under a key of its own",
  why: "Two runs at once without a lock, or two stacks with one key, overwrite each other: Terraform then makes all again.",
  fix: 'backend "s3" with bucket, key, region, encrypt = true, kms_key_id and use_lockfile = true.',
  appliesTo: states,
  requirements: [],
  check: (state, estate) =>
    state.backend === "s3"
      ? [...settingsOf(state, estate), ...sharedWith(state, estate)]
      : [objection("backend", state.backend ?? "a file beside the configuration", "s3")],
});

function settingsOf({ settings }: State, { declaration }: Estate): readonly Objection[] {
  const isText = (name: string): boolean => typeof settings[name] === "string" && settings[name] !== "";
  const isOn = (name: string): boolean => settings[name] === true || settings[name] === "true";
  const wanted: readonly (readonly [name: string, holds: boolean, expected: string])[] = [
    ["bucket", isText("bucket"), "the bucket of states"],
    ["key", isText("key"), "a key of its own"],
    [
      "region",
      declaration === undefined ? isText("region") : settings["region"] === declaration.region,
      declaration?.region ?? "a region",
    ],
    ["encrypt", isOn("encrypt"), "true"],
    ["kms_key_id", isText("kms_key_id"), "a key of ours"],
    // Before Terraform 1.11 a table held the lock.
    ["use_lockfile", isOn("use_lockfile") || isText("dynamodb_table"), "true"],
    ...["access_key", "secret_key", "token"].map((name) => [name, !isText(name), "nothing: no key is stored"] as const),
  ];
  return wanted.flatMap(([name, holds, expected]) =>
    holds ? [] : [objection(`backend.s3.${name}`, isSecret(name) ? "a key" : settings[name], expected)],
  );
}

const isSecret = (name: string): boolean => ["access_key", "secret_key", "token"].includes(name);

function sharedWith(state: State, estate: Estate): readonly Objection[] {
  const name = nameOfState(state);
  const others = estate.of(states).filter((each) => each !== state && name !== undefined && nameOfState(each) === name);
  return others.length === 0
    ? []
    : [
        objection(
          "backend.s3.key",
          `${name}, as ${others.map(({ at }) => at.stack ?? at.source).join(", ")} has`,
          "a key of its own",
        ),
      ];
}
