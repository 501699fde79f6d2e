import { describe, expect, test } from "vitest";
import { canRun } from "./support/nginx.ts";
import { deployed, envelope } from "./support/student-allocation.ts";

/** The edge of student allocation as it is deployed: paths, however they are written. */

describe.runIf(canRun())("the edge of student-allocation", () => {
  const { edge, api, client } = deployed();

  test.each([
    "/metrics",
    "/metrics/",
    "/metrics/x",
    "/Metrics",
    "//metrics",
    "/%6detrics",
    "/%2fmetrics",
    "/status/../metrics",
    "/status/%2e%2e/metrics",
    "/metrics?x=1",
    "http://allocation.example.org/metrics",
  ])("answers 404 on %s to everybody, without asking the application [ALC-6.8] [ALC-SEC.2]", async (path) => {
    const before = api().received.length;

    const answer = await edge().ask({ client: client(), path, headers: { "X-Request-ID": "curious" } });

    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      404,
      envelope("NOT_FOUND", "نشانی درخواستی یافت نشد", "curious"),
    ]);
    expect(api().received.length).toBe(before);
  });

  test("asks the application for the path that it judged, with nothing left to decode or to walk", async () => {
    await edge().ask({ client: client(), path: "/metrics/..//status/./x%2Fy%3Fz%0A?q=%2F.." });

    expect(api().received.at(-1)?.path).toBe("/status/x/y%3Fz%0A?q=%2F..");
  });

  test("lets nobody reach its inner paths", async () => {
    const paths = ["/.edge/route/allocate/x", "/.edge/error/500", "/.edge/route/_health/", "/%2eedge/error/429"];
    const before = api().received.length;

    const answers = await Promise.all(paths.map((path) => edge().ask({ client: client(), path })));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(api().received.length).toBe(before);
  });
});
