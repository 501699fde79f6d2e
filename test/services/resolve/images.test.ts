import { describe, expect, test } from "vitest";
import { job, minutes, onDemand } from "../../../services/define.ts";
import { fewestPods, imageOf, repositoryOf, upstreamOf } from "../../../services/resolve.ts";
import { containers, machines, small } from "./small.ts";

const task = (on: ReturnType<typeof containers> | ReturnType<typeof machines>, image?: string) =>
  job("work", {
    why: "works",
    on,
    command: ["work"],
    schedule: onDemand,
    limit: minutes(5),
    ...(image === undefined ? {} : { image }),
  });

describe("the image of pods", () => {
  test("is a component's own, and its jobs' unless they have another", () => {
    const front = containers("front");

    expect([front, task(front), task(front, "tools")].map(imageOf)).toEqual(["front", "front", "tools"]);
  });

  test("fails when a job runs on hosts", () => {
    expect(() => imageOf(task(machines("till")))).toThrow(new Error("jobs/work: runs on hosts, which have no image"));
  });

  test("lies among ours, or in the cache of the registry it comes from", () => {
    expect(["edge", "quay/team/tool", "quayside"].map((image) => [upstreamOf(image), repositoryOf(image)])).toEqual([
      [undefined, "platform/edge"],
      ["quay", "quay/team/tool"],
      [undefined, "platform/quayside"],
    ]);
  });
});

test.each([
  [3, 2, 2],
  [1, 2, 1],
  [3, 5, 3],
])(
  "of %d declared pods an environment with at least %d of anything has %d at the least",
  (min, minimumReplicas, least) => {
    const { replicas } = containers("front");

    expect(fewestPods({ ...small, minimumReplicas }, { replicas: { ...replicas, min } })).toBe(least);
  },
);
