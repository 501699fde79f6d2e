import { expect, test } from "vitest";
import { api, site } from "../../../services/products/student-allocation/components.ts";
import { logins, migrate } from "../../../services/products/student-allocation/operations.ts";
import { redis } from "../../../services/products/student-allocation/stores.ts";
import { studentAllocation } from "../../../services/products/student-allocation.ts";
import { kib, perSecond } from "../../../services/schema/units.ts";

const values = api.environment;
const route = (name: string) => site.routes.find((each) => each.class === name);

test("the application gets the limits of the requirement [ALC-3.1] [ALC-3.2]", () => {
  expect(values).toMatchObject({ RATE_LIMIT_POST_ALLOCATIONS: "5/1s", RATE_LIMIT_GET_STATUS: "20/1s" });
});

test("fails when the edge is as tight as the application, which counts per consumer [ALC-3.1] [ALC-3.2]", () => {
  expect(route("allocate")).toMatchObject({ paths: ["/allocations"], methods: ["POST"], rate: perSecond(20) });
  expect(route("status")).toMatchObject({ paths: ["/status"], methods: ["GET"], rate: perSecond(80) });
});

test("Redis retries outlast a failover and end before the request must [ALC-2.8]", () => {
  // given
  const number = (name: string) => Number(values[name]);
  const longest = number("REDIS_MAX_DELAY_MS");
  // when
  const waits = Array.from({ length: number("REDIS_MAX_RETRIES") }, (_, attempt) =>
    Math.min(number("REDIS_BASE_DELAY_MS") * 2 ** attempt, longest),
  );
  const least = waits.reduce((sum, wait) => sum + wait, 0) / 1000;
  const most = least + (waits.length * number("REDIS_JITTER_MS")) / 1000;
  // then
  expect(longest).toBeGreaterThanOrEqual(number("REDIS_BASE_DELAY_MS"));
  expect({ least, most }).toEqual({ least: 11.1, most: 12 });
  expect(least).toBeGreaterThan(2 * redis.failover.downAfter);
  expect(most).toBeLessThan(Math.min(api.longestRequest, site.idle));
});

test("without Redis a GET passes and a POST is refused [ALC-2.10] [ALC-2.11]", () => {
  expect(values).toMatchObject({ RATE_LIMIT_FAIL_OPEN_GET: true, RATE_LIMIT_FAIL_OPEN_POST: false });
});

test("edge and application refuse the same bodies [ALC-5.2]", () => {
  expect([site.body, values["MAX_BODY_BYTES"]]).toEqual([kib(32), kib(32)]);
});

test("fails when the edge makes a request id or an error of its own form [ALC-5.5] [ALC-7.1]", () => {
  expect(site).toMatchObject({ requestId: "keep", errors: "envelope-fa" });
});

test("only the application reaches the state that decides whether a request counts [ALC-2.1]", () => {
  const callers = studentAllocation.flows.filter(({ to }) => to.owner === redis.name).map(({ from }) => from.name);
  expect(new Set(callers)).toEqual(new Set([api.name]));
  expect(redis.durable).toEqual(["idempotency keys", "rate limit windows", "deny list of tokens"]);
});

test("a job makes every login of the database before the schema changes; one of them manages API keys and no more [ALC-1.9]", () => {
  expect(migrate.after).toBe(logins);
  expect(logins.environment["LOGINS"]).toBe("app migrate:owner keys backup:pg_read_all_data");
  expect(studentAllocation.jobs.find(({ name }) => name === "api-keys")?.account?.role).toBeUndefined();
});
