import { beforeAll, describe, expect, test } from "vitest";
import { releasesOf } from "../../../scripts/helm/releases.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { names, type Rendered, render, the } from "./support/render.ts";

/** What requirements ask of the pods of products, in production and as rendered. */

const rendered = async (name: string): Promise<readonly Rendered[]> => {
  const environment = catalogue.environments.find((each) => each.name === "production");
  if (environment === undefined) throw new Error("no production");
  const release = releasesOf(resolveEstate(catalogue, environment)).find((each) => each.name === name);
  if (release === undefined) throw new Error(`no release ${name}`);
  return await render({ ...Object(release.values), ...Object(release.overlay) }, { name });
};

describe("resident-services", () => {
  let objects: readonly Rendered[];
  beforeAll(async () => {
    objects = await rendered("resident-services");
  });
  const deployments = () => objects.filter(({ kind }) => kind === "Deployment");
  const own = ({ metadata, spec }: Rendered) =>
    spec.template.spec.containers.find(
      ({ name }: { readonly name: string }) => name === metadata.labels["app.kubernetes.io/name"],
    );

  test("[MUN-4.5] migrates the schema before a release, after its logins are made", () => {
    const weights = names(objects, "Job").map((name) => [
      name,
      the(objects, "Job", name).metadata.annotations?.["helm.sh/hook-weight"],
    ]);

    expect(weights).toEqual([
      ["logins", "0"],
      ["migrate", "1"],
    ]);
    const [{ command }] = the(objects, "Job", "migrate").spec.template.spec.containers;
    expect(command).toEqual(["alembic", "upgrade", "head"]);
  });

  test("[MUN-4.8] runs every pod at least twice, but those that two would harm", () => {
    const least = deployments().map(({ metadata, spec }) => {
      const scaled = names(objects, "HorizontalPodAutoscaler").includes(metadata.name);
      return [
        metadata.name,
        scaled ? the(objects, "HorizontalPodAutoscaler", metadata.name).spec.minReplicas : spec.replicas,
      ];
    });

    expect(Object.fromEntries(least)).toEqual({
      "api-blue": 3,
      "api-green": 3,
      beat: 1,
      clamav: 2,
      "db-exporter": 1,
      edge: 3,
      "frontend-blue": 2,
      "frontend-green": 2,
      "queue-exporter": 1,
      worker: 3,
    });
  });

  test("[MUN-4.10] asks every pod whether it is ready, and the API whether database and Redis answer it", () => {
    expect(deployments().filter((each) => own(each).readinessProbe === undefined)).toEqual([]);
    expect(own(the(objects, "Deployment", "api-blue")).readinessProbe.httpGet).toEqual({
      path: "/api/health/ready",
      port: 9102,
      scheme: "HTTPS",
    });
  });

  test("[MUN-4.11] restarts what is stuck, and nothing because of a database", () => {
    expect(deployments().filter((each) => own(each).livenessProbe === undefined)).toEqual([]);
    expect(own(the(objects, "Deployment", "api-blue")).livenessProbe.httpGet.path).toBe("/api/health/live");
  });

  test("[MUN-5.6] API and front end stand twice, and one Service each leads to the live colour", () => {
    for (const name of ["api", "frontend"]) {
      for (const colour of ["blue", "green"]) {
        const { spec } = the(objects, "Deployment", `${name}-${colour}`);
        expect(spec.template.metadata.labels["platform.example.org/colour"]).toBe(colour);
      }
      expect(the(objects, "Service", name).spec.selector["platform.example.org/colour"]).toBe("blue");
    }
  });
});

describe("desktop-backend", () => {
  let objects: readonly Rendered[];
  beforeAll(async () => {
    objects = await rendered("desktop-backend");
  });

  test("[NOD-3.2] makes and uploads a backup every night", () => {
    const { schedule, timeZone, suspend, jobTemplate } = the(objects, "CronJob", "dump").spec;

    expect([schedule, timeZone, suspend]).toEqual(["30 0 * * *", "UTC", false]);
    const [upload] = jobTemplate.spec.template.spec.containers;
    expect([upload.name, upload.command]).toEqual(["upload", ["backup-tools", "upload"]]);
  });

  test("[NOD-3.1] runs the backend's own script, which is told where to write", () => {
    const [dump] = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec.initContainers;

    expect(dump.command).toEqual(["npm", "run", "backup"]);
    expect(the(objects, "ConfigMap", "dump-env").data["BACKUP_DIR"]).toBe("/backup");
    expect(dump.volumeMounts).toContainEqual({ name: "scratch-backup", mountPath: "/backup" });
  });
});
