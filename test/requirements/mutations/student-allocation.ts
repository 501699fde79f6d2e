import type { Mutation } from "./mutation.ts";

const product = "services/products/student-allocation";

/** Ways to break what ALC asks for. */
export const studentAllocation: readonly Mutation[] = [
  {
    id: "ALC-1.5",
    change: "tokens of last hour are taken",
    file: `${product}/components.ts`,
    from: "JWT_CLOCK_SKEW_SECONDS: seconds(120)",
    to: "JWT_CLOCK_SKEW_SECONDS: hours(1)",
  },
  {
    id: "ALC-2.1",
    change: "the deny list is not kept",
    file: `${product}/stores.ts`,
    from: ', "deny list of tokens"]',
    to: "]",
  },
  {
    id: "ALC-2.2",
    change: "environments share their keys at Redis",
    file: `${product}/components.ts`,
    from: "REDIS_NAMESPACE: text`alloc:${environmentName}`",
    to: 'REDIS_NAMESPACE: "alloc"',
  },
  {
    id: "ALC-2.8",
    change: "retries outlive the request",
    file: `${product}/components.ts`,
    from: "REDIS_MAX_DELAY_MS: 2_000",
    to: "REDIS_MAX_DELAY_MS: 20_000",
  },
  {
    id: "ALC-2.11",
    change: "POST passes without Redis",
    file: `${product}/components.ts`,
    from: "RATE_LIMIT_FAIL_OPEN_POST: false",
    to: "RATE_LIMIT_FAIL_OPEN_POST: true",
  },
  {
    id: "ALC-3.1",
    change: "50 allocations a second are let through",
    file: `${product}/components.ts`,
    from: "post: perSecond(5)",
    to: "post: perSecond(50)",
  },
  {
    id: "ALC-5.2",
    change: "the edge takes 64 KiB",
    file: `${product}/components.ts`,
    from: "body: kib(32)",
    to: "body: kib(64)",
  },
  {
    id: "ALC-6.8",
    change: "the API serves its metrics to the edge",
    file: "helm/values/sidecar.ts",
    from: "hidden: [METRICS, `${METRICS}/*`]",
    to: "hidden: []",
  },
  {
    id: "ALC-7.1",
    change: "the edge makes ids that are no UUIDs",
    file: `${product}/components.ts`,
    from: 'requestId: "keep"',
    to: 'requestId: "keep-or-make"',
  },
  {
    id: "ALC-7.5",
    change: "any origin may call",
    file: "services/validate/entrypoints.ts",
    from: "isOrigin(origin),",
    to: "isOrigin(origin) || true,",
  },
  {
    id: "ALC-SEC.2",
    change: "metrics are shown to the internet",
    file: "services/validate/entrypoints.ts",
    from: '["/metrics", "/metrics/*"].every(',
    to: 'true || ["/metrics", "/metrics/*"].every(',
  },
];
