import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onObject } from "../../engine/mutation.ts";
import { cronJob, deployment } from "./examples/workloads.ts";

const backup = (runner: string, recoveryPointSeconds: number) => ({
  ...{ name: "dump", of: "shop/database", runner, by: "pg-dump", material: "data" as const },
  ...{ offsite: true, keepDays: 30, lockDays: 31, recoveryPointSeconds, recoveryTimeSeconds: 3600 },
});
const host = { name: "a", zone: "a", subnet: "app-a", address: "10.0.0.4", domain: "a.example", machine: "" };
const declared = (recoveryPointSeconds = 93_600) => ({
  services: [
    {
      ...{ name: "shop", stores: [], entrypoints: [], flows: [], egress: [], secrets: [] },
      components: [{ name: "batch", kind: "hosts", why: "", ports: [], hosts: [host] }],
      backups: [backup("shop/web", recoveryPointSeconds), { ...backup("shop/batch", 3600), name: "of-hosts" }],
    },
  ],
});
const JOB = "CronJob/shop/web spec";

export const examples: Examples = {
  good: [
    { title: "each night, for what may be a day old", manifests: [cronJob()], declaration: declared() },
    {
      title: "each Sunday, for what may be eight days old",
      manifests: [cronJob({}, { schedule: "0 5 * * 0" })],
      declaration: declared(8 * 86_400),
    },
  ],
  bad: [
    { title: "no job at all", manifests: [deployment()], declaration: declared(), finds: ["shop/dump CronJob"] },
    {
      title: "a job that is suspended",
      manifests: [cronJob({}, { suspend: true })],
      declaration: declared(),
      finds: [`${JOB}.suspend`],
    },
    {
      title: "each Sunday, for what may be a day old",
      manifests: [cronJob({}, { schedule: "@weekly" })],
      declaration: declared(),
      finds: [`${JOB}.schedule`],
    },
    {
      title: "a day that never comes",
      manifests: [cronJob({}, { schedule: "0 0 31 2 *" })],
      declaration: declared(),
      finds: [`${JOB}.schedule`],
    },
    {
      title: "a schedule that nobody understands",
      manifests: [cronJob({}, { schedule: "0 0 1 * 1" })],
      declaration: declared(),
      finds: [`${JOB}.schedule`],
    },
  ],
  unknown: [],
};

const dump = (title: string, change: (spec: Loose) => Loose): Mutation =>
  onObject("CronJob", title, (body) =>
    body.metadata.name === "dump" ? { ...body, spec: { ...body.spec, ...change(body.spec) } } : body,
  );

export const mutations: readonly Mutation[] = [
  dump("suspend a dump", () => ({ suspend: true })),
  dump("dump each month", () => ({ schedule: "0 1 1 * *" })),
  onObject("CronJob", "take a dump away", (body) =>
    body.metadata.name === "dump" ? { ...body, metadata: { ...body.metadata, name: "dmup" } } : body,
  ),
];
