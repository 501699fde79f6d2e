import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Requirement, readRequirements, systemOf } from "../../scripts/requirements/requirement.ts";
import { catalogue } from "../../services/catalogue.ts";
import { listeners } from "../../services/schema/component.ts";
import { isHosted } from "../../services/schema/store.ts";
import { namedValues } from "../../services/validate/named-values.ts";

/** What the table says the platform gives an application is what the catalogue gives it, by the same names. */

const contracts = readRequirements(join(import.meta.dirname, "../..")).filter(({ owner }) => owner === "contract");
/** Pods get more than their product says: test/helm/requirements/gives.test.ts asks what they really start with. */
const onHosts = contracts.filter((each) => ["TKT", "BRK"].includes(systemOf(each)));

const serviceOf = (requirement: Requirement) => {
  const code = systemOf(requirement).toLowerCase();
  const service = catalogue.services.find((each) => each.code === code);
  if (service === undefined) throw new Error(`no service has the code ${code}`);
  return service;
};

/** What a form names by a pattern, as `<id>: <name>`, unless the catalogue has it. */
const unknown = (
  pattern: RegExp,
  has: (requirement: Requirement, match: readonly string[]) => boolean,
  from: readonly Requirement[] = contracts,
) => {
  const named = from.flatMap((requirement) =>
    [...(requirement.gives?.form ?? "").matchAll(pattern)].map((match) => ({ requirement, match })),
  );
  return {
    named: named.length,
    missing: named
      .filter(({ requirement, match }) => !has(requirement, match))
      .map(({ requirement, match }) => `${requirement.id}: ${match[0]}`),
  };
};

/** `REDIS_*`, `rate_limiting.*`: any key that begins so. */
const matches = (pattern: string, key: string) =>
  pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

describe("what an application is given", () => {
  test("by environment variable or configuration key is among its service's values", () => {
    const { named, missing } = unknown(
      /(?<!docs\/)\b(?:[A-Z][A-Z0-9]*_[A-Z0-9_]*|[a-z_]+\.(?:[a-z_]+(?= in )|(?=\*)))\*?/g,
      (each, [key = ""]) => namedValues(serviceOf(each)).some((value) => matches(key, value.key)),
      onHosts,
    );

    expect(named).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  test("with a value has that value", () => {
    const { named, missing } = unknown(/\b([A-Z][A-Z0-9_]+)=([\w,./]*\w)/g, (each, [, key, text]) =>
      namedValues(serviceOf(each)).some((one) => one.key === key && String(one.value) === text),
    );

    expect(named).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  test("in a file finds it where a unit reads it", () => {
    const { named, missing } = unknown(/\/opt\/[\w./-]*\.(?:env|yaml)/g, (each, [path = ""]) =>
      serviceOf(each).components.some(
        (component) =>
          component.kind === "hosts" &&
          component.units.some((unit) => unit.environment.path === path || unit.files?.[path] !== undefined),
      ),
    );

    expect(named).toBeGreaterThan(25);
    expect(missing).toEqual([]);
  });

  test("as a job, an alert or a route class is declared by that name", () => {
    const { named, missing } = unknown(/\b(job|alert|route class) `?([\w-]+)`?/g, (each, [, kind, name]) => {
      const service = serviceOf(each);
      switch (kind) {
        case "job":
          return service.jobs.some((one) => one.name === name);
        case "alert":
          return service.alerts.some((one) => one.name === name);
        default:
          return name === "in" || service.entrypoints.some(({ routes }) => routes.some((one) => one.class === name));
      }
    });

    expect(named).toBeGreaterThan(25);
    expect(missing).toEqual([]);
  });

  test("as a login is one of its stores", () => {
    const { named, missing } = unknown(/\blogin `?(\w+)`?/g, (each, [, login = ""]) =>
      serviceOf(each).stores.some((store) => "accounts" in store && login in store.accounts),
    );

    expect(named).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  test("as a port that Prometheus reads is a metrics port of that component", () => {
    const { named, missing } = unknown(/\bport (\d+) of (\w+)/g, (each, [, port, component]) => {
      const { components, stores } = serviceOf(each);
      return [...components, ...stores.filter(isHosted)]
        .filter(({ name }) => name === component)
        .flatMap(listeners)
        .some((listener) => listener.port === Number(port) && listener.purpose === "metrics");
    });

    expect(named).toBeGreaterThan(8);
    expect(missing).toEqual([]);
  });
});
