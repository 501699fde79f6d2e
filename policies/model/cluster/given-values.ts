import { type Estate, kind } from "../estate.ts";
import { mayCall, type OpenCall, openCalls } from "../hosts/calls.ts";
import { looseLine, looseSetting } from "../hosts/loose-trust.ts";
import { formOf, settingsOf, variablesOf } from "../hosts/settings.ts";
import { readLoose, type Trusted } from "../hosts/trust.ts";
import { type WeakSetting, weakSetting } from "../hosts/weak-settings.ts";
import { objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { isUnknown } from "../value.ts";
import { type Held, heldValues } from "./held-values.ts";
import { pods } from "./pods.ts";
import { tasks, type Variable } from "./tasks.ts";

/** What outputs give to programs: a variable, a file of a ConfigMap, a command; of pods, tasks and functions. */
export interface GivenValue {
  readonly at: Place;
  readonly attribute: string;
  /** Places where it tells a program not to look at whom it talks to. */
  readonly loose: readonly Trusted[];
  /** Whom it tells a program to call in clear text, or by a number of the internet. */
  readonly open: readonly OpenCall[];
  /** What makes a program guard less than it was made to. */
  readonly weak: readonly WeakSetting[];
}

export const givenValues = kind<GivenValue>("value that is given to programs", (estate) => [
  ...estate
    .of(heldValues)
    .filter(({ object, value }) => object.kind !== "Secret" && !isNginx(value))
    .map((held) => ({
      ...{ at: held.at, attribute: held.attribute, loose: looseIn(held, estate), open: openIn(held.value) },
      weak: weakIn(held, estate),
    })),
  ...estate
    .of(pods)
    .flatMap((pod) =>
      pod.containers.flatMap(({ path, commands }) =>
        commands.map(({ attribute, words }) => ofCommand(pod.at, `${path}.${attribute}`, words)),
      ),
    ),
  ...ofTasks(estate),
  ...ofFunctions(estate),
]);

function ofCommand(at: Place, attribute: string, words: readonly string[]): GivenValue {
  // An option of the command is one of a line: it begins after a space.
  const line = ` ${words.join(" ")}`;
  const loose = line.split("\n").flatMap((each) => looseLine(each) ?? []);
  const weak = variablesOf(line).flatMap((each) => weakSetting("", each.name, each.value) ?? []);
  return { at, attribute, loose, open: openIn(line), weak };
}

/** Containers without a cluster are given the same. */
const ofTasks = (estate: Estate): readonly GivenValue[] =>
  estate
    .of(tasks)
    .flatMap(({ at, attribute, containers }) =>
      isUnknown(containers)
        ? []
        : containers.flatMap(({ name, variables, words }) => [
            ...variables.map((each) => ofVariable(at, `${attribute}[${name}].environment[${each.name}]`, each, estate)),
            ...(words.length === 0 ? [] : [ofCommand(at, `${attribute}[${name}].command`, words)]),
          ]),
    );

const ofFunctions = (estate: Estate): readonly GivenValue[] =>
  estate.terraform.ofType("aws_lambda_function").flatMap((resource) =>
    resource.block.blocks("environment").flatMap(({ raw }) =>
      Object.entries(objectOf(raw["variables"])).map(([name, value]) => {
        const attribute = `environment.variables[${name}]`;
        return ofVariable(placeOfResource(resource), attribute, { name, value: String(value) }, estate);
      }),
    ),
  );

const ofVariable = (at: Place, attribute: string, { name, value }: Variable, estate: Estate): GivenValue => ({
  ...{ at, attribute, loose: looseIn({ name, value, attribute }, estate), open: openIn(value) },
  weak: weakIn({ name, value, attribute }, estate),
});

/** A value and its name; where it stands. */
type Named = Pick<Held, "name" | "value" | "attribute">;

/** Has rules of its own, wherever it is configured. */
const isNginx = (text: string): boolean => /^\s*(?:server|http|upstream\s+\S+)\s*\{/m.test(text);

/** A value of many lines is a file by the name of its entry; another one a setting. */
function looseIn({ name, value, attribute }: Named, estate: Estate): readonly Trusted[] {
  if (value.includes("\n")) return readLoose(estate, { path: `/${name}`, text: value, source: attribute });
  const found = [looseLine(value), looseSetting("", name, value)].filter((each) => each !== undefined);
  // Some names mean something to one program alone, as they stand in its command line: `PYTHONHTTPSVERIFY=0`.
  const named = found.length === 0 ? looseLine(`${name}=${value}`) : undefined;
  return named === undefined ? found : [named];
}

function weakIn({ name, value, attribute }: Named, estate: Estate): readonly WeakSetting[] {
  if (!value.includes("\n")) {
    const found = weakSetting("", name, value);
    return found === undefined ? [] : [found];
  }
  const file = { path: `/${name}`, text: value, source: attribute };
  const settings = formOf(file.path) === undefined ? [] : settingsOf(estate, file);
  return isUnknown(settings) ? [] : settings.flatMap((each) => weakSetting(each.parent, each.name, each.value) ?? []);
}

const openIn = (text: string): readonly OpenCall[] =>
  mayCall(text) ? text.split("\n").flatMap((line) => (/^\s*(?:#|\/\/|;)/.test(line) ? [] : openCalls(line))) : [];
