import type { Example, Examples } from "../../engine/example.ts";
import { type Mutation, onObject, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, object, onPod, service } from "../cluster/examples/workloads.ts";

const AT = "TargetGroupBinding/shop/web";
const GROUP = "aws_lb_target_group.web";
const ARN = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/shop-web/0123456789abcdef";
const binding = (spec: JsonObject = {}, apiVersion = "eks.amazonaws.com/v1"): JsonObject =>
  object(apiVersion, "TargetGroupBinding", "web", {
    spec: { targetGroupARN: ARN, targetType: "ip", serviceRef: { name: "web", port: 8443 }, ...spec },
  });
const group = (changes: JsonObject = {}): JsonObject => ({
  aws_lb_target_group: {
    web: {
      name: "shop-web",
      port: 8443,
      protocol: "HTTPS",
      target_type: "ip",
      health_check: { protocol: "HTTPS" },
      ...changes,
    },
  },
});
const closed = object("networking.k8s.io/v1", "NetworkPolicy", "web", {
  spec: { podSelector: { matchLabels: LABELS }, ingress: [{ ports: [{ port: 9113 }] }] },
});
const bad = (
  title: string,
  finds: readonly string[],
  changes: JsonObject = {},
  manifests: readonly JsonObject[] = [],
): Example => ({
  title,
  finds,
  resources: group(changes),
  manifests: manifests.length > 0 ? manifests : [deployment(), service(), binding()],
});

export const examples: Examples = {
  good: [
    { title: "one port, one language", resources: group(), manifests: [deployment(), service(), binding()] },
    {
      title: "names in place of numbers, and the controller's own version",
      resources: group(),
      manifests: [
        deployment(),
        service({ ports: [{ name: "web", port: 443, targetPort: "web" }] }),
        binding(
          { targetGroupARN: undefined, targetGroupName: "shop-web", serviceRef: { name: "web", port: "web" } },
          "elbv2.k8s.aws/v1beta1",
        ),
      ],
    },
    { title: "manifests alone", manifests: [deployment(), service(), binding()] },
  ],
  bad: [
    bad("a Service that is not there", [`${AT} spec.serviceRef.name`], {}, [deployment(), binding()]),
    bad("a port that the Service does not have", [`${AT} spec.serviceRef.port`], {}, [
      deployment(),
      service(),
      binding({ serviceRef: { name: "web", port: 443 } }),
    ]),
    bad("a Service without pods", [`${AT} spec.serviceRef`], {}, [service(), binding()]),
    bad("pods that nobody is let in to", [`${AT} NetworkPolicy`], {}, [deployment(), service(), binding(), closed]),
    bad(
      "a group of another port and language",
      [`${GROUP} port`, `${GROUP} protocol`, `${GROUP} health_check.protocol`],
      { port: 8080, protocol: "HTTP", health_check: {} },
    ),
    bad("health asked elsewhere, of nodes", [`${GROUP} health_check.port`, `${GROUP} target_type`], {
      health_check: { protocol: "HTTPS", port: "30443" },
      target_type: "instance",
    }),
  ],
  unknown: [
    {
      title: "by itself, its Service in another file",
      isPart: true,
      manifests: [binding()],
      finds: [`${AT} spec.serviceRef.name`],
    },
    { ...bad("the group is not shown", [`${AT} spec.targetGroupARN`]), resources: group({ name: "other" }) },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("TargetGroupBinding", "bind another port", (body) => {
    body.spec.serviceRef.port += 1;
    return body;
  }),
  onObject("TargetGroupBinding", "bind another Service", (body) => {
    body.spec.serviceRef.name = "other";
    return body;
  }),
  onObject("TargetGroupBinding", "bind another group", (body) => {
    body.spec.targetGroupARN = ARN;
    return body;
  }),
  onResource(
    "aws_lb_target_group",
    "send to another port",
    (each) => ({ ...each, port: 8444 }),
    ({ attributes }) => attributes["target_type"] === "ip",
  ),
  onResource(
    "aws_lb_target_group",
    "speak in clear with pods",
    (each) => ({ ...each, protocol: "HTTP" }),
    ({ attributes }) => attributes["target_type"] === "ip",
  ),
  onObject(
    "NetworkPolicy",
    "let nobody in to the edge",
    (body) => ({ ...body, spec: { ...body.spec, ingress: [] } }),
    ({ name }) => name === "edge",
  ),
  onPod("list another port", (pod) => {
    for (const each of pod.containers) for (const port of each.ports ?? []) port.containerPort += 1;
  }),
];
