import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { job, minimal, withApi, withEdge, withJob, worker } from "./support/values.ts";

/** What pods are told in the clear: variables, NGINX's configuration, authorities of databases. */

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

test("variables stand as they are, also what the kubelet would take for a reference elsewhere", async () => {
  const objects = await render(withApi({ env: { PORT: "8000", TRUE: "true", SHELL: "$(date)", TEXT: "a: b #c\nd" } }));

  expect(the(objects, "ConfigMap", "api-env").data).toEqual({
    PORT: "8000",
    TRUE: "true",
    SHELL: "$(date)",
    TEXT: "a: b #c\nd",
  });
});

test("a workload without variables has no map for them and asks for none", async () => {
  const objects = await render({ ...minimal, components: { worker } });

  expect(names(objects, "ConfigMap")).toEqual([]);
  expect(the(objects, "Deployment", "worker").spec.template.spec.containers[0].envFrom).toBeUndefined();
});

test("NGINX is told its configuration, as edge and as sidecar, each by its own template", async () => {
  const objects = await render(withEdge);

  expect(names(objects, "ConfigMap")).toEqual(["api-env", "api-nginx", "edge-nginx"]);
  for (const name of ["api", "edge"]) {
    const { data } = the(objects, "ConfigMap", `${name}-nginx`);
    expect(Object.keys(data)).toEqual(["nginx.conf"]);
    expect(data["nginx.conf"]).toContain("8443");
  }
  const [edge, api] = ["edge", "api"].map((name) => the(objects, "ConfigMap", `${name}-nginx`).data["nginx.conf"]);
  expect(edge).not.toEqual(api);
});

test("authorities of databases go to whoever trusts them, and to nobody else", async () => {
  const objects = await render({
    ...minimal,
    databaseAuthorities: PEM,
    components: { worker },
    jobs: { dump: { ...job, trustsDatabases: true } },
  });

  expect(names(objects, "ConfigMap")).toEqual(["dump-database-authorities"]);
  expect(the(objects, "ConfigMap", "dump-database-authorities").data).toEqual({ "global-bundle.pem": PEM });
  const pod = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec;
  expect(pod.containers[0].volumeMounts).toContainEqual({
    name: "database-authorities",
    mountPath: "/etc/ssl/rds",
    readOnly: true,
  });
});

test("an upload has variables of its own", async () => {
  const { resources } = job;
  const objects = await render(
    withJob({
      env: { BACKUP_DIR: "/backup" },
      scratch: { "/backup": "1Gi" },
      upload: { image: "platform/backup-tools", command: ["upload"], env: { BUCKET: "vault" }, resources },
    }),
  );

  expect(the(objects, "ConfigMap", "dump-env").data).toEqual({ BACKUP_DIR: "/backup" });
  expect(the(objects, "ConfigMap", "dump-upload-env").data).toEqual({ BUCKET: "vault" });
});

test("a changed variable replaces the pods that read it as they start, and no others", async () => {
  const annotations = async (port: string) =>
    (
      await render({
        ...withApi({ env: { PORT: port } }),
        components: { api: withApi({ env: { PORT: port } }).components["api"], worker },
      })
    )
      .filter(({ kind }) => kind === "Deployment")
      .map(({ spec }) => spec.template.metadata.annotations["platform.example.org/configuration"]);

  const [api, other] = await annotations("8000");
  const [changed, same] = await annotations("8001");

  expect(changed).not.toEqual(api);
  expect(same).toEqual(other);
});

test("fails when a workload trusts databases and nobody says whose certificates", async () => {
  expect(await refusal(withApi({ trustsDatabases: true }))).toEqual([
    "databaseAuthorities: must be certificates in PEM, for components/api trusts databases, got nothing",
  ]);
});

test("fails when a variable is a number, which YAML would write in its own way", async () => {
  expect(
    await refusal({ ...minimal, components: { api: { ...minimal.components["api"], env: { PORT: 8000 } } } }),
  ).toEqual(["- at '/components/api/env/PORT': got number, want string"]);
});
