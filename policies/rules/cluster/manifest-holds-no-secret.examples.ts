import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { cronJob, deployment, object, onContainer } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec.containers[web]";
const env = (...variables: readonly JsonObject[]) => ({ container: { env: variables } });
const config = (data: JsonObject): JsonObject => object("v1", "ConfigMap", "web", { data });

export const examples: Examples = {
  good: [
    {
      title: "secrets by reference, in addresses too",
      manifests: [
        deployment(
          env(
            { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "web", key: "DB_PASSWORD" } } },
            { name: "DATABASE_URL", value: "postgresql://app:$(DB_PASSWORD)@db.example.org:5432/app" },
            { name: "TOKEN_FILE", value: "/mnt/secrets/token" },
            { name: "JWT_SECRET", value: "/mnt/secrets/jwt" },
          ),
        ),
      ],
    },
    {
      title: "settings that only sound like secrets",
      manifests: [config({ TOKEN_LIFETIME_SECONDS: "900", SECRET_MAX_AGES: "a=1", ACCESS_KEY_ROTATION: "on" })],
    },
    { title: "a Secret that its manager fills", manifests: [object("v1", "Secret", "web", { type: "Opaque" })] },
  ],
  bad: [
    {
      title: "a password as a variable",
      manifests: [deployment(env({ name: "DB_PASSWORD", value: "correct horse" }))],
      finds: [`${AT}.env[DB_PASSWORD]`],
    },
    {
      title: "a password in an address, of a nightly job",
      manifests: [cronJob(env({ name: "DATABASE_URL", value: "postgresql://app:hunter2@db.example.org/app" }))],
      finds: ["CronJob/shop/web spec.jobTemplate.spec.template.spec.containers[web].env[DATABASE_URL]"],
    },
    {
      title: "a key in a ConfigMap",
      manifests: [config({ "signing-key": "c2lnbmVk" })],
      finds: ["ConfigMap/shop/web data[signing-key]"],
    },
    {
      title: "a Secret with values",
      manifests: [object("v1", "Secret", "web", { data: { a: "Yg==" }, stringData: { c: "d" } })],
      finds: ["Secret/shop/web data[a]", "Secret/shop/web stringData[c]"],
    },
    {
      title: "a token that never expires",
      manifests: [object("v1", "Secret", "web", { type: "kubernetes.io/service-account-token" })],
      finds: ["Secret/shop/web type"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onContainer("write a password into a variable", (each) => {
    each.env = [...(each.env ?? []), { name: "SMTP_PASSWORD", value: "correct horse" }];
  }),
  onContainer("write a password into an address", (each) => {
    for (const variable of each.env ?? []) {
      if (typeof variable.value === "string") variable.value = variable.value.replace(/\$\([A-Z_]+\)@/, "hunter2@");
    }
  }),
  onObject("ConfigMap", "write a key into a ConfigMap", (body) => ({
    ...body,
    data: { ...body.data, JWT_SECRET: "s3cr3t" },
  })),
  onObject("ConfigMap", "make a Secret of a ConfigMap", (body) => ({ ...body, kind: "Secret" })),
];
