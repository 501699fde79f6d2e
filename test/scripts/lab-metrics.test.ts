import { describe, expect, test } from "vitest";
import { planLab } from "../../scripts/lab/plan.ts";
import { type Answer, judged, scrapesOf } from "../../scripts/lab/verify/metrics.ts";

const scraper = "prometheus-a.observability.dev.internal.example.org";
const scrapes = (service: string) => scrapesOf(planLab(service, "dev"), scraper, { ticketing: "VALUE" });
const of = (address: string, asks?: string) => {
  const found = scrapes("ticketing").find(({ target }) => target.address.startsWith(address) && target.asks === asks);
  if (found === undefined) throw new Error(`${address}: is no target`);
  return found;
};
const refused: Answer = { refused: "SSLError: alert" };

describe("what Prometheus asks hosts of a lab", () => {
  test("is every target on them, and none on others", () => {
    const jobs = scrapes("message-broker").map(({ target }) => `${target.labels.host} ${target.labels.job}`);

    expect(jobs.filter((each) => each.startsWith("proxy-a "))).toEqual([
      "proxy-a application",
      "proxy-a nginx",
      "proxy-a redis",
      "proxy-a node",
    ]);
    expect(jobs.filter((each) => each.startsWith("main-a "))).toContain("main-a mysqld");
    expect(jobs.every((each) => /^(proxy|main|worker|portal)-/.test(each))).toBe(true);
  });

  test("is asked with its certificate, and with another host's, none, or no token where that is what guards", () => {
    const domain = "redis-a.ticketing.dev.internal.example.org";
    const node = of("redis-a", undefined);
    const redis = of("redis-a", `rediss://${domain}:6379`);
    const application = of("api-a.ticketing.dev.internal.example.org:9101");

    expect(node.asked).toEqual({ address: "10.10.66.8", port: 9100, server: domain, path: "/metrics", name: scraper });
    expect(node.stranger).toEqual({ ...node.asked, name: domain });
    expect([redis.asked.path, redis.asked.name, redis.stranger?.name]).toEqual([
      `/scrape?target=${encodeURIComponent(`rediss://${domain}:6379`)}`,
      scraper,
      undefined,
    ]);
    expect([application.asked.token, application.stranger?.token]).toEqual(["VALUE", undefined]);
  });
});

describe("an answer", () => {
  const postgres = of("database-a.ticketing.dev.internal.example.org:9187");
  const up = (value: string): Answer => ({ status: 200, samples: [["pg_up", value]] });

  test("is good when the exporter reaches its program, and a stranger is refused", () => {
    expect(judged(postgres, up("1"), refused)).toEqual([]);
  });

  test.each<[string, Answer, Answer, string]>([
    ["the program is not reached", up("0"), refused, "pg_up must be 1, got 0"],
    ["nothing is said of it", { status: 200, samples: [["other_up", "1"]] }, refused, "pg_up must be 1, got none"],
    ["Prometheus is refused", refused, refused, 'Prometheus must get 200, got {"refused":"SSLError: alert"}'],
    [
      "a stranger is answered",
      up("1"),
      up("1"),
      'a stranger must be refused, got {"status":200,"samples":[["pg_up","1"]]}',
    ],
    [
      "a stranger gets no answer",
      up("1"),
      { failed: "timeout" },
      'a stranger must be refused, got {"failed":"timeout"}',
    ],
  ])("fails when %s", (_, answer, other, message) => {
    expect(judged(postgres, answer, other)).toEqual([`${postgres.target.address}: ${message}`]);
  });

  test("of a host's own exporter says that files of others were read, and the moments that alerts read", () => {
    const node = of("redis-a", undefined);
    const moments = [
      "platform_updates_last_success_timestamp_seconds",
      "node_boot_time_seconds",
      "platform_certificate_not_after_timestamp_seconds",
    ];
    const says = (error: string, ...since: readonly string[]): Answer => ({
      status: 200,
      samples: [
        ["node_textfile_scrape_error", error],
        ...moments.flatMap((metric) => since.map((value) => [metric, value] as const)),
      ],
    });

    expect(judged(node, says("0", "1.7e+09"), refused)).toEqual([]);
    expect(judged(node, says("1"), refused)).toEqual([
      `${node.target.address}: node_textfile_scrape_error must be 0, got 1`,
      ...moments.map((metric) => `${node.target.address}: ${metric} must be a point in time, got none`),
    ]);
  });

  test("of an application is no by its own word, for who has no token", () => {
    const application = of("api-a.ticketing.dev.internal.example.org:9101");
    const good: Answer = { status: 200, samples: [] };

    expect(judged(application, good, { status: 401, samples: [] })).toEqual([]);
    expect(judged(application, good, good)).toHaveLength(1);
  });
});
