import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { container, deployment, job, onContainer, onPod, service } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec";
const stop = (preStop: object | undefined) => ({
  container: { lifecycle: preStop === undefined ? undefined : { preStop: { ...preStop } } },
});

export const examples: Examples = {
  good: [
    { title: "a pause, and time after it", manifests: [deployment(), service()] },
    {
      title: "a pause as a command",
      manifests: [deployment(stop({ exec: { command: ["sh", "-c", "sleep 15 && quit"] } })), service()],
    },
    {
      title: "a worker that nobody sends requests to",
      manifests: [deployment({ ...stop(undefined), pod: { terminationGracePeriodSeconds: undefined } })],
    },
    {
      title: "metrics, whose reader tries again",
      manifests: [deployment(stop(undefined)), service({ ports: [{ name: "metrics", port: 9102 }] })],
    },
  ],
  bad: [
    {
      title: "no pause",
      manifests: [deployment(stop(undefined)), service()],
      finds: [`${WEB}.containers[web].lifecycle.preStop`],
    },
    {
      title: "a pause that uses up the time",
      manifests: [deployment({ pod: { terminationGracePeriodSeconds: 25 } }), service()],
      finds: [`${WEB}.terminationGracePeriodSeconds`],
    },
    {
      title: "a pod that is killed at once, and a second container that ends first",
      manifests: [
        deployment({
          pod: { terminationGracePeriodSeconds: 0 },
          beside: [container({ name: "proxy", lifecycle: { preStop: { sleep: { seconds: 2 } } } })],
        }),
        service(),
      ],
      finds: [`${WEB}.terminationGracePeriodSeconds`, `${WEB}.containers[proxy].lifecycle.preStop`],
    },
    {
      title: "a job that would hang on for hours",
      manifests: [job({ pod: { terminationGracePeriodSeconds: 7200 } })],
      finds: ["Job/shop/web spec.template.spec.terminationGracePeriodSeconds"],
    },
  ],
  unknown: [
    {
      title: "the time is still to be filled in",
      manifests: [deployment({ pod: { terminationGracePeriodSeconds: "${GRACE}" } }), service()],
      finds: [`${WEB}.terminationGracePeriodSeconds`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("remove the pause", (each) => delete each.lifecycle),
  onContainer("shorten the pause", (each) => {
    each.lifecycle.preStop.sleep.seconds = 1;
  }),
  onPod("leave no time after the pause", (pod) => {
    pod.terminationGracePeriodSeconds = 20;
  }),
  onPod(
    "kill a nightly job at once",
    (pod) => {
      pod.terminationGracePeriodSeconds = 0;
    },
    "CronJob",
  ),
];
