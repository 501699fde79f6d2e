import { beforeAll, describe, expect, test } from "vitest";
import { type Requirement, readRequirements, systemOf } from "../../../scripts/requirements/requirement.ts";
import { root } from "../../support/start.ts";
import { names, type Rendered, the } from "../service/support/render.ts";
import { podsIn, released, variablesOf } from "./support/production.ts";

/** What the table says applications on pods are given is what their containers find, by the same names. */

const services = { NOD: "desktop-backend", MUN: "resident-services", ALC: "student-allocation" } as const;
const isOnPods = (system: string): system is keyof typeof services => system in services;

const contracts = readRequirements(root).flatMap((requirement) => {
  const system = systemOf(requirement);
  return requirement.owner === "contract" && isOnPods(system) ? [{ requirement, service: services[system] }] : [];
});

/** By service: objects, and the variables of every container. */
const found = new Map<
  string,
  { objects: readonly Rendered[]; variables: readonly Readonly<Record<string, string>>[] }
>();
beforeAll(async () => {
  for (const service of Object.values(services)) {
    const objects = await released(service);
    const variables = [...podsIn(objects)].flatMap(([name, { initContainers = [], containers }]) =>
      [...initContainers, ...containers].map((container) => variablesOf(objects, name, container.name)),
    );
    found.set(service, { objects, variables });
  }
});
const of = (service: string) => {
  const got = found.get(service);
  if (got === undefined) throw new Error(`no release of ${service}`);
  return got;
};

/** What forms name by a pattern, and of it what the release has not, as `<id>: <what>`. */
function missing(pattern: RegExp, has: (service: string, match: readonly string[]) => boolean) {
  const named = contracts.flatMap(({ requirement, service }) =>
    [...(requirement.gives?.form ?? "").matchAll(pattern)].map((match) => ({ requirement, service, match })),
  );
  const absent = named.filter(({ service, match }) => !has(service, match));
  return { named: named.length, missing: absent.map(({ requirement, match }) => says(requirement, match)) };
}
const says = ({ id }: Requirement, [what]: readonly string[]) => `${id}: ${what}`;

describe("what a form says of pods", () => {
  test("as a variable is one that a container starts with", () => {
    const { named, missing: absent } = missing(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]*\*?/g, (service, [name = ""]) =>
      of(service).variables.some((each) =>
        name.endsWith("*") ? Object.keys(each).some((key) => key.startsWith(name.slice(0, -1))) : name in each,
      ),
    );

    expect(named).toBeGreaterThan(70);
    expect(absent).toEqual([]);
  });

  test("with a value is that value", () => {
    const { named, missing: absent } = missing(
      /\b([A-Z][A-Z0-9]*_[A-Z0-9_]*)=([\w,./]*\w)/g,
      (service, [, name = "", value]) => of(service).variables.some((each) => each[name] === value),
    );

    expect(named).toBeGreaterThan(10);
    expect(absent).toEqual([]);
  });

  test("as a job is a Job or a CronJob", () => {
    const { named, missing: absent } = missing(/\bjob `([\w-]+)`/g, (service, [, job = ""]) =>
      ["Job", "CronJob"].some((kind) => names(of(service).objects, kind).includes(job)),
    );

    expect(named).toBeGreaterThan(5);
    expect(absent).toEqual([]);
  });

  test("as a login stands in an address that a container starts with", () => {
    const { named, missing: absent } = missing(/\blogin `?(\w+)`?/g, (service, [, login = ""]) =>
      of(service).variables.some((each) => Object.values(each).some((value) => value.includes(`://${login}:<`))),
    );

    expect(named).toBeGreaterThan(3);
    expect(absent).toEqual([]);
  });

  test("as a port is one of that component's Service", () => {
    const { named, missing: absent } = missing(/\bport (\d+) of ([\w-]+) pods/g, (service, [, port, component = ""]) =>
      the(of(service).objects, "Service", component).spec.ports.some(
        (each: { readonly port: number }) => each.port === Number(port),
      ),
    );

    expect(named).toBeGreaterThan(3);
    expect(absent).toEqual([]);
  });
});
