import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, job, object, onPod } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec";
const account = (body: JsonObject = {}): JsonObject => object("v1", "ServiceAccount", "web", body);
const granted = object("rbac.authorization.k8s.io/v1", "RoleBinding", "web", {
  roleRef: { kind: "Role", name: "web" },
  subjects: [{ kind: "ServiceAccount", name: "web" }],
});
const token = (serviceAccountToken: JsonObject): JsonObject => ({
  volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken }] } }],
});

export const examples: Examples = {
  good: [
    { title: "its own account, no token", manifests: [deployment(), account()] },
    {
      title: "the account says it for its pods",
      manifests: [
        deployment({ pod: { automountServiceAccountToken: undefined } }),
        account({ automountServiceAccountToken: false }),
      ],
    },
    {
      title: "a token for an account that may do something",
      manifests: [deployment({ pod: { automountServiceAccountToken: true } }), account(), granted],
    },
    {
      title: "a short token for one audience",
      manifests: [deployment({ pod: token({ audience: "vault", path: "t" }) })],
    },
    {
      title: "a token for the role that the account names",
      manifests: [
        deployment({ pod: token({ audience: "sts.amazonaws.com", path: "t" }) }),
        account({ metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111111111111:role/a" } } }),
      ],
    },
  ],
  bad: [
    {
      title: "the default account with its token",
      manifests: [deployment({ pod: { serviceAccountName: undefined, automountServiceAccountToken: undefined } })],
      finds: [`${AT}.serviceAccountName`, `${AT}.automountServiceAccountToken`],
    },
    {
      title: "a pod that takes what its account would not give",
      manifests: [
        deployment({ pod: { automountServiceAccountToken: true } }),
        account({ automountServiceAccountToken: false }),
      ],
      finds: [`${AT}.automountServiceAccountToken`],
    },
    {
      title: "the default account in its old spelling",
      manifests: [deployment({ pod: { serviceAccountName: undefined, serviceAccount: "default" } })],
      finds: [`${AT}.serviceAccountName`],
    },
    {
      title: "an account for two components",
      manifests: [
        deployment(),
        job({ labels: { "app.kubernetes.io/name": "migrate", "app.kubernetes.io/part-of": "shop" } }),
        account(),
      ],
      finds: [`${AT}.serviceAccountName`, "Job/shop/web spec.template.spec.serviceAccountName"],
    },
    {
      title: "a token for a day, for the cluster itself",
      manifests: [deployment({ pod: token({ expirationSeconds: 86_400, path: "t" }) })],
      finds: [
        `${AT}.volumes[token].projected.serviceAccountToken.expirationSeconds`,
        `${AT}.volumes[token].projected.serviceAccountToken.audience`,
      ],
    },
    {
      title: "a token for the cluster itself, by its name",
      manifests: [deployment({ pod: token({ audience: "https://kubernetes.default.svc", path: "t" }) })],
      finds: [`${AT}.volumes[token].projected.serviceAccountToken.audience`],
    },
    {
      title: "a role of another account",
      manifests: [
        deployment(),
        account({ metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::999999999999:role/a" } } }),
      ],
      declaration: {},
      finds: ["ServiceAccount/shop/web metadata.annotations[eks.amazonaws.com/role-arn]"],
    },
    {
      title: "a token by which roles of AWS are taken, beside an account that names none",
      manifests: [deployment({ pod: token({ audience: "sts.amazonaws.com", path: "t" }) }), account()],
      finds: [`${AT}.volumes[token].projected.serviceAccountToken.audience`],
    },
  ],
  unknown: [
    {
      title: "a value decides on the token",
      manifests: [deployment({ pod: { automountServiceAccountToken: "{{ .Values.token }}" } })],
      finds: [`${AT}.automountServiceAccountToken`],
    },
    {
      title: "a token for roles of AWS, and the account is not shown",
      manifests: [deployment({ pod: token({ audience: "sts.amazonaws.com", path: "t" }) })],
      isPart: true,
      finds: [`${AT}.volumes[token].projected.serviceAccountToken.audience`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("ServiceAccount", "give a role of another account", (body) => ({
    ...body,
    metadata: { ...body.metadata, annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::999999999999:role/a" } },
  })),
  onPod("project a token for the cluster", (pod) => {
    const serviceAccountToken = { path: "token", audience: "https://kubernetes.default.svc" };
    pod.volumes.push({ name: "token", projected: { sources: [{ serviceAccountToken }] } });
  }),
  onPod("project a token for any role of AWS", (pod) => {
    const serviceAccountToken = { path: "token", audience: "sts.amazonaws.com" };
    pod.volumes.push({ name: "token", projected: { sources: [{ serviceAccountToken }] } });
  }),
  onPod("mount the token", (pod) => {
    pod.automountServiceAccountToken = true;
  }),
  onPod("run a nightly job as the default account", (pod) => delete pod.serviceAccountName, "CronJob"),
  onPod("run as another component", (pod) => {
    pod.serviceAccountName = "edge";
  }),
  onPod("project a token of a day", (pod) => {
    const serviceAccountToken = { path: "token", expirationSeconds: 86_400, audience: "vault" };
    pod.volumes.push({ name: "token", projected: { sources: [{ serviceAccountToken }] } });
  }),
  onObject("Deployment", "leave the token to the default", (body) => {
    body.spec.template.spec.serviceAccountName = "nobody";
    delete body.spec.template.spec.automountServiceAccountToken;
    return body;
  }),
];
