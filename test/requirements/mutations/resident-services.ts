import type { Mutation } from "./mutation.ts";

const product = "services/products/resident-services";
const chart = "helm/service/templates";

/** Ways to break what MUN asks for. */
export const residentServices: readonly Mutation[] = [
  {
    id: "MUN-2.3",
    change: "logins do not verify the database",
    file: "services/schema/dump.ts",
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
    id: "MUN-2.4",
    change: "sidecars ask callers for no certificate",
    file: `${chart}/nginx/_sidecar.tpl`,
    from: "ssl_verify_client on;",
    to: "ssl_verify_client off;",
  },
  {
    id: "MUN-2.10",
    change: "who scans files may delete them",
    file: `${product}.ts`,
    from: 'access(worker, attachments, "quarantine", ["read"]',
    to: 'access(worker, attachments, "quarantine", ["read", "delete"]',
  },
  {
    id: "MUN-2.12",
    change: "national ids with hyphens stay in log lines",
    file: "helm/cluster/templates/log-shipper/_masks.tpl",
    from: "([0-9]{3}-[0-9]{6}-[0-9])",
    to: "([0-9]{3}-[0-9]{6}-[0-9]{2})",
  },
  {
    id: "MUN-4.5",
    change: "the schema is changed once the new version runs",
    file: `${chart}/names/_metadata.tpl`,
    from: "pre-install,pre-upgrade",
    to: "post-install,post-upgrade",
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
    id: "MUN-4.10",
    change: "no pod is asked whether it is ready",
    file: `${chart}/pod/_own-container.tpl`,
    from: "readinessProbe:\n  {{- toYaml .readiness | nindent 2 }}\n",
    to: "",
  },
  {
    id: "MUN-4.15",
    change: "the off-site dump waits for a release",
    file: `${product}/jobs.ts`,
    from: 'schedule: weekly("sunday", "05:00")',
    to: "schedule: eachRelease",
  },
  {
    id: "MUN-4.16",
    change: "pods of every environment are told that it is production",
    file: `${product}/settings.ts`,
    from: "ENVIRONMENT: environmentName,",
    to: 'ENVIRONMENT: "production",',
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
    id: "MUN-5.6",
    change: "requests go to both colours",
    file: `${chart}/class/_service.tpl`,
    from: '{{- if eq .values.deploy "blue-green" }}',
    to: "{{- if false }}",
  },
  {
    id: "MUN-SEC.2",
    change: "what is purged stays locked for months",
    file: `${product}/operations.ts`,
    from: "const keep = { for: days(35) };",
    to: "const keep = { for: days(90) };",
  },
];
