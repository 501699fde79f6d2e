import type { Mutation } from "./mutation.ts";

const product = "services/products/desktop-backend";
const chart = "helm/service/templates";

/** Ways to break what NOD asks for. */
export const desktopBackend: readonly Mutation[] = [
  {
    id: "NOD-1.4",
    change: "port 80 leads nowhere",
    file: "constructs/edge/application-load-balancer.ts",
    from: 'protocol: "HTTPS", port: "443", statusCode',
    to: 'protocol: "HTTP", port: "443", statusCode',
  },
  {
    id: "NOD-1.6",
    change: "pages may be framed by the site",
    file: "constructs/edge/response-headers.ts",
    from: 'headers.frameOptions ?? "DENY"',
    to: 'headers.frameOptions ?? "SAMEORIGIN"',
  },
  {
    id: "NOD-1.8",
    change: "the container is given another map than that of its variables",
    file: `${chart}/pod/_own-container.tpl`,
    from: "      name: {{ .name }}-env",
    to: "      name: {{ .name }}-nginx",
  },
  {
    id: "NOD-2.1",
    change: "the signing key is text",
    file: `${product}/components.ts`,
    from: "JWT_SECRET: secrets.jwt",
    to: 'JWT_SECRET: "a-text-of-many-letters"',
  },
  {
    id: "NOD-2.2",
    change: "the key of stored data is replaced like a password",
    file: `${product}/stores.ts`,
    from: "versioned(ROTATION)",
    to: "rotated(ROTATION)",
  },
  {
    id: "NOD-2.4",
    change: "no container mounts what its secret is made of",
    file: `${chart}/pod/_volumes.tpl`,
    from: "- name: secrets\n  mountPath: /mnt/secrets\n  readOnly: true\n",
    to: "",
  },
  {
    id: "NOD-2.7",
    change: "secrets are renewed after 91 days",
    file: `${product}/stores.ts`,
    from: "const ROTATION = days(80);",
    to: "const ROTATION = days(91);",
  },
  {
    id: "NOD-2.8",
    change: "the trail misses other regions",
    file: "constructs/audit/trail.ts",
    from: "isMultiRegionTrail: true",
    to: "isMultiRegionTrail: false",
  },
  {
    id: "NOD-3.1",
    change: "scratch space lies where no program looks",
    file: `${chart}/pod/_volumes.tpl`,
    from: "  mountPath: {{ $path }}",
    to: "  mountPath: /mnt{{ $path }}",
  },
  {
    id: "NOD-3.2",
    change: "hours are taken for minutes",
    file: "helm/values/cron.ts",
    from: "return `${minute} ${hour}`;",
    to: "return `${hour} ${minute}`;",
  },
  {
    id: "NOD-3.6",
    change: "six nights stay restorable",
    file: `${product}/operations.ts`,
    from: "daily: 7, weekly: 4",
    to: "daily: 6, weekly: 4",
  },
  {
    id: "NOD-4.8",
    change: "server errors of five minutes ring",
    file: "constructs/observability/edge-alarms.ts",
    from: "periods: 2,\n    datapoints: 2,\n    // No requests, or no errors",
    to: "periods: 1,\n    datapoints: 1,\n    // No requests, or no errors",
  },
  {
    id: "NOD-5.3",
    change: "the edge reaches MongoDB",
    file: `${product}.ts`,
    from: "  flows: [",
    to: '  flows: [flow(front, database.listens.mongo, "reads all data"),',
  },
  {
    id: "NOD-5.4",
    change: "people take roles without a second factor",
    file: "constructs/identity/trust.ts",
    from: '"aws:MultiFactorAuthPresent": "true"',
    to: '"aws:MultiFactorAuthPresent": "false"',
  },
];
