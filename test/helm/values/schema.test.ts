import { describe, expect, test } from "vitest";
import { placeholderOverlay } from "../../../helm/placeholders.ts";
import type { ServiceValues } from "../../../helm/values/service-values.ts";
import { podServices, serviceValues } from "../../../helm/values.ts";
import { judgeOf } from "../../../scripts/generate/schemas.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { realValues } from "./small.ts";

const judge = judgeOf("service");
const whole = (values: ServiceValues) => ({ ...values, ...placeholderOverlay(values) });
const values = realValues("dev", "student-allocation");
const api = () => {
  const found = values.components["api"];
  if (found === undefined) throw new Error("no api");
  return found;
};

describe("the schema of the chart, asked without Helm,", () => {
  test.each(catalogue.environments.map(({ name }) => name))("takes the values of every service in %s", (name) => {
    const environment = catalogue.environments.find((each) => each.name === name);
    if (environment === undefined) throw new Error(name);
    const estate = resolveEstate(catalogue, environment);

    const services = podServices(estate);

    expect(services.length).toBeGreaterThan(0);
    for (const each of services) judge(each.service.name, whole(serviceValues(each, estate)));
  });

  const { liveness: _, ...probes } = api().probes;
  test.each<[string, unknown, string | RegExp]>([
    ["values without what only a deployment knows", values, "x: must have required property 'release'"],
    [
      "a misspelt key, by path",
      { ...whole(values), components: { api: { ...api(), imagePullPolicy: "Always" } } },
      /^x\/components\/api: allowed are why, image, .+, got imagePullPolicy$/,
    ],
    [
      "a missing probe",
      { ...whole(values), components: { api: { ...api(), probes } } },
      "x/components/api/probes: must have required property 'liveness'",
    ],
    [
      "an image with a tag",
      { ...whole(values), components: { api: { ...api(), image: "platform/student-allocation:1.2" } } },
      "x/components/api/image: must match pattern",
    ],
  ])("fails on %s", (_title, broken, message) => {
    expect(() => judge("x", broken)).toThrow(message);
  });
});
