import type { Mutation } from "./mutation.ts";

const product = "services/products/resident-services";

/** Ways to break what MUN asks for. */
export const residentServices: readonly Mutation[] = [
  {
    id: "MUN-2.3",
    change: "logins do not verify the database",
    file: `${product}/settings.ts`,
    from: "sslmode=verify-full",
    to: "sslmode=require",
  },
  {
    id: "MUN-2.4",
    change: "the API takes callers without a certificate",
    file: `${product}/components.ts`,
    from: "web: mutualHttps(8443), app: upstream",
    to: "web: https(8443), app: upstream",
  },
  {
    id: "MUN-2.10",
    change: "who scans files may delete them",
    file: `${product}.ts`,
    from: 'access(worker, attachments, "quarantine", ["read"]',
    to: 'access(worker, attachments, "quarantine", ["read", "delete"]',
  },
  {
    id: "MUN-4.6",
    change: "the database is not encrypted",
    file: "constructs/data/postgres-cluster.ts",
    from: "storageEncrypted: true",
    to: "storageEncrypted: false",
  },
  {
    id: "MUN-4.8",
    change: "the front end has one pod",
    file: `${product}/components.ts`,
    from: "replicas: { min: 2, max: 6, cpu: percent(70) }, // MUN-4.8",
    to: "replicas: { min: 1, max: 6, cpu: percent(70) },",
  },
  {
    id: "MUN-4.15",
    change: "the off-site dump waits for a release",
    file: `${product}/jobs.ts`,
    from: 'schedule: weekly("sunday", "05:00")',
    to: "schedule: eachRelease",
  },
  {
    id: "MUN-4.17",
    change: "the CDN keeps no file of the front end",
    file: `${product}/site.ts`,
    from: '{ paths: ["/static/*"], for: days(365), signed: false },',
    to: "",
  },
  {
    id: "MUN-4.18",
    change: "exports are handed to whoever knows the address",
    file: `${product}/site.ts`,
    from: 'paths: ["/exports/*"], for: minutes(1), signed: true',
    to: 'paths: ["/exports/*"], for: minutes(1), signed: false',
  },
  {
    id: "MUN-5.6",
    change: "pages are replaced one pod after the other",
    file: `${product}/components.ts`,
    from: 'replicas: { min: 2, max: 6, cpu: percent(70) }, // MUN-4.8\n  deploy: "blue-green",',
    to: 'replicas: { min: 2, max: 6, cpu: percent(70) },\n  deploy: "rolling",',
  },
  {
    id: "MUN-SEC.2",
    change: "what is purged stays locked for months",
    file: `${product}/operations.ts`,
    from: "const keep = { for: days(35) };",
    to: "const keep = { for: days(90) };",
  },
];
