import { expect, test } from "vitest";
import { parse } from "yaml";
import { names, refusal, render, the } from "./support/render.ts";
import { minimal, withApi, withJob } from "./support/values.ts";

/** Secrets: where the driver on the node gets them, and how variables of a container come by them. */

const ADMINISTRATOR = "arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-1-abcdef";
const secrets = {
  PASSWORD: { secret: "production/records/db-app" },
  SAME: { secret: "production/records/db-app" },
  HOST: { parameter: "/production/records/database-endpoint" },
};
const given = withApi({ secrets, composed: { URL: "postgresql://app:$(PASSWORD)@$(HOST)/x?a=$$b" } });

test("reads by name in the pod's own role, each source once however many variables want it", async () => {
  const { spec } = the(await render(given), "SecretProviderClass", "api");

  expect({ ...spec.parameters, objects: parse(spec.parameters.objects) }).toEqual({
    usePodIdentity: "true",
    region: "eu-central-1",
    objects: [
      {
        objectName: "/production/records/database-endpoint",
        objectType: "ssmparameter",
        objectAlias: "parameter-production-records-database-endpoint",
      },
      {
        objectName: "production/records/db-app",
        objectType: "secretsmanager",
        objectAlias: "secret-production-records-db-app",
      },
    ],
  });
  expect(spec.provider).toBe("aws");
});

test("makes one Kubernetes Secret with a key for each variable", async () => {
  const { spec } = the(await render(given), "SecretProviderClass", "api");

  expect(spec.secretObjects.length).toBe(1);
  const [{ secretName, type, data }] = spec.secretObjects;
  expect(secretName).toMatch(/^api-secrets-[0-9a-f]{8}$/);
  expect(type).toBe("Opaque");
  expect(data).toEqual([
    { key: "HOST", objectName: "parameter-production-records-database-endpoint" },
    { key: "PASSWORD", objectName: "secret-production-records-db-app" },
    { key: "SAME", objectName: "secret-production-records-db-app" },
  ]);
});

test("variables refer to it, and those put together of them come after, as they stand in the values", async () => {
  const objects = await render(given);
  const [{ secretName }] = the(objects, "SecretProviderClass", "api").spec.secretObjects;
  const [container] = the(objects, "Deployment", "api").spec.template.spec.containers;
  const key = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: name } } });

  expect(container.env).toEqual([
    key("HOST"),
    key("PASSWORD"),
    key("SAME"),
    { name: "URL", value: "postgresql://app:$(PASSWORD)@$(HOST)/x?a=$$b" },
  ]);
});

test("the volume is mounted, or the driver would make no Secret", async () => {
  const pod = the(await render(given), "Deployment", "api").spec.template.spec;

  expect(pod.containers[0].volumeMounts).toContainEqual({ name: "secrets", mountPath: "/mnt/secrets", readOnly: true });
  expect(pod.volumes).toContainEqual({
    name: "secrets",
    csi: {
      driver: "secrets-store.csi.k8s.io",
      readOnly: true,
      volumeAttributes: { secretProviderClass: "api" },
    },
  });
});

test("other secrets make another Secret: the driver adds no key to one that is there", async () => {
  const nameOf = async (values: unknown) =>
    the(await render(values), "SecretProviderClass", "api").spec.secretObjects[0].secretName;

  const before = await nameOf(given);
  expect(await nameOf(withApi({ secrets, composed: {} }))).toBe(before);
  expect(await nameOf(withApi({ secrets: { ...secrets, MORE: { secret: "production/records/more" } } }))).not.toBe(
    before,
  );
});

test("the administrator of a managed database is read by the ARN that the overlay says", async () => {
  const values = {
    ...withJob({ secrets: { ADMIN: { administrator: "database" } } }),
    administratorSecretArns: { database: ADMINISTRATOR },
  };
  const { spec } = the(await render(values), "SecretProviderClass", "dump");

  expect(parse(spec.parameters.objects)).toEqual([
    { objectName: ADMINISTRATOR, objectType: "secretsmanager", objectAlias: "administrator-database" },
  ]);
});

test("a workload without secrets has neither class nor volume", async () => {
  const objects = await render(minimal);

  expect(names(objects, "SecretProviderClass")).toEqual([]);
  const volumes: readonly { readonly name: string }[] = the(objects, "Deployment", "api").spec.template.spec.volumes;
  expect(volumes.map(({ name }) => name)).toEqual(["scratch-tmp", "sidecar-tmp", "nginx", "tls"]);
});

test("no object of a release holds a secret", async () => {
  expect(names(await render(given), "Secret")).toEqual([]);
});

test("fails when the administrator's ARN is missing, or of another account", async () => {
  const values = withJob({ secrets: { ADMIN: { administrator: "database" } } });
  const rule =
    "administratorSecretArns/database: must be arn:aws:secretsmanager:eu-central-1:333333333333:secret:<name>, for jobs/dump/secrets/ADMIN names it";
  const other = ADMINISTRATOR.replace("333333333333", "222222222222");

  expect(await refusal(values)).toEqual([`${rule}, got nothing`]);
  expect(await refusal({ ...values, administratorSecretArns: { database: other } })).toEqual([`${rule}, got ${other}`]);
});

test("fails when a variable is put together of what is no secret, or stands twice", async () => {
  expect(
    await refusal(withApi({ secrets, composed: { URL: "$(PASSWORT)", HOST: "$(HOST)" }, env: { SAME: "x" } })),
  ).toEqual([
    "components/api/env/SAME: must be in one of env, secrets and composed, got several",
    "components/api/composed/HOST: must be in one of env, secrets and composed, got several",
    "components/api/composed/URL: must be of variables in secrets (HOST, PASSWORD, SAME), got $(PASSWORT)",
  ]);
});

test("fails when a secret has a value, or two sources", async () => {
  const both = { PASSWORD: { secret: "production/records/a", parameter: "/production/records/a" } };
  const value = { PASSWORD: { value: "hunter2" } };
  const api = minimal.components["api"];

  expect(await refusal({ ...minimal, components: { api: { ...api, secrets: both } } })).toEqual([
    "- at '/components/api/secrets/PASSWORD': maxProperties: got 2, want 1",
  ]);
  expect(await refusal({ ...minimal, components: { api: { ...api, secrets: value } } })).toEqual([
    "- at '/components/api/secrets/PASSWORD': additional properties 'value' not allowed",
  ]);
});
