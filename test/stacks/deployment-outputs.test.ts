import { beforeAll, describe, expect, test } from "vitest";
import { clusterImages, imagesOf } from "../../helm/images.ts";
import { clusterOverlayFrom, overlayFrom } from "../../helm/overlay.ts";
import { clusterValues } from "../../helm/values/cluster.ts";
import { podServices, serviceValues } from "../../helm/values.ts";
import type { StackFile } from "../../scripts/validate/estate.ts";
import { stubsOf } from "../../scripts/validate/stubs.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";

/** What only apply knows and the charts are told: read from the Terraform that was written. */

const ADDRESS = /^\$\{(\w+)\.([\w-]+)\.(.+)\}$/;
const environments = catalogue.environments.map(({ name }) => name);
const onPods = ["desktop-backend", "resident-services", "student-allocation"];

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

/** The resources that an output's values name, each with the attribute that is handed on. */
function handedOn(environment: string, stack: string, output: string) {
  const { json } = estate.stack(environment, stack);
  return Object.entries<string>(json.output?.[output]?.value ?? {}).map(([name, expression]) => {
    const [, type = "", id = "", attribute = ""] = ADDRESS.exec(expression) ?? [];
    return { name, type, attribute, arguments: json.resource[type]?.[id] };
  });
}

describe.each(environments)("outputs of %s for the deployment of pods", (environment) => {
  const resolved = () => {
    const found = catalogue.environments.find(({ name }) => name === environment);
    if (found === undefined) throw new Error(`no environment ${environment}`);
    return resolveEstate(catalogue, found).services.filter(({ service }) => onPods.includes(service.name));
  };

  test("are the target group of each entrypoint, by entrypoint, under the name that the catalogue gives it", () => {
    for (const { service, entrypoints } of resolved()) {
      expect(entrypoints.length, service.name).toBeGreaterThan(0);
      expect(handedOn(environment, service.name, "targetGroupArns"), service.name).toEqual(
        entrypoints.map(({ entrypoint, resource }) => ({
          name: entrypoint.name,
          type: "aws_lb_target_group",
          attribute: "arn",
          arguments: expect.objectContaining({ name: resource, target_type: "ip" }),
        })),
      );
    }
  });

  test("are the administrator's secret of each managed database whose administrator a workload is told", () => {
    const databases = resolved().map(({ service }) => [
      service.name,
      handedOn(environment, service.name, "administratorSecretArns").map((each) => ({
        ...each,
        arguments: each.arguments.cluster_identifier,
      })),
    ]);
    const short = { dev: "dev", staging: "stg", production: "prd" }[environment];
    const database = (code: string) => ({
      name: "database",
      type: "aws_rds_cluster",
      attribute: "master_user_secret[0].secret_arn",
      arguments: `${short}-${code}-database`,
    });

    expect(Object.fromEntries(databases)).toEqual({
      "desktop-backend": [],
      "resident-services": [database("mun")],
      "student-allocation": [database("alc")],
    });
  });

  test("are the internal authority, of the cluster", () => {
    expect(estate.stack(environment, "cluster").json.output.internalAuthorityArn).toEqual({
      value: "${data.terraform_remote_state.pki.outputs.internalAuthorityArn}",
    });
  });

  test("are what the values ask for: as an offline plan would fill them, every release takes them", () => {
    const found = catalogue.environments.find(({ name }) => name === environment);
    if (found === undefined) throw new Error(`no environment ${environment}`);
    const files = estate.stacks
      .filter((stack) => stack.environment === environment)
      .map(({ name, json }): StackFile => ({ environment, stack: name, directory: "", json, digest: "" }));
    const standIns = stubsOf(files);
    const told = (name: string, release: unknown) => {
      const file = files.find(({ stack }) => stack === name);
      return { outputs: file === undefined ? {} : standIns(file), release };
    };
    const digests = (images: readonly string[]) =>
      Object.fromEntries(images.map((image) => [image, `sha256:${"1".repeat(64)}`]));
    const whole = resolveEstate(catalogue, found);

    for (const resolved of podServices(whole)) {
      const values = serviceValues(resolved, whole);
      const images = digests(imagesOf(values));
      const release = { live: "blue", newest: "blue", images: { blue: images, green: images } };
      expect(() => overlayFrom(found, values, told(values.service, release)), values.service).not.toThrow();
    }
    const values = clusterValues(whole);
    const release = { images: digests(clusterImages(values)) };
    expect(() => clusterOverlayFrom(found, values, told("cluster", release))).not.toThrow();
    expect(podServices(whole).map(({ service }) => service.name)).toEqual(onPods);
  });

  test("stand on no service that has no pods", () => {
    for (const service of ["ticketing", "message-broker"]) {
      expect(estate.stack(environment, service).json.output).toBeUndefined();
    }
  });
});
