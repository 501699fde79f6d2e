import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { logAgent } from "../../../ansible/inventory/roles/log-agent.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const [environment] = catalogue.environments;
if (environment === undefined) throw new Error("no environment");
const { groups, groupVars } = inventoryOf(resolveEstate(catalogue, environment), [logAgent]);

interface Mask {
  readonly before: string;
  readonly what: string;
  readonly behind: string;
  readonly with: string;
}
const masks = (parse(readFileSync("ansible/roles/log_agent/vars/main.yml", "utf8")) as { log_agent_masks: Mask[] })
  .log_agent_masks;

/** What the agent of the nodes masks, in the order of its template. */
function masksOfNodes(): readonly string[] {
  const template = readFileSync("helm/cluster/templates/log-shipper/_masks.tpl", "utf8");
  const is = template.match(/\$is := `(.*)`/)?.[1] ?? "";
  return [...template.matchAll(/^- expression: (?:'(.*)'|(.*))$\n {2}replace: "(.*)"$/gm)].map(
    ([, quoted, plain, replace]) => `${(quoted ?? plain ?? "").replaceAll("{{ $is }}", is)} ${replace}`,
  );
}

describe("the role log_agent", () => {
  test("is for every host, and sends to Loki over TLS [TKT-4.14, MUN-3.12, TKT-5.11]", () => {
    expect(Object.keys(groups["log_agent"]?.children ?? {})).toEqual(Object.keys(groupVars));
    for (const variables of Object.values(groupVars)) {
      expect(variables["log_agent_endpoint"]).toBe("https://loki.observability.dev.internal.example.org:3100");
    }
  });

  test("reads the log files that units declare, and NGINX's [TKT-1.4, TKT-4.14]", () => {
    expect(groupVars["ticketing_api"]?.["log_agent_files"]).toEqual([
      { unit: "ticketing-api", path: "/var/log/ticketing/*.log" },
      { unit: "nginx", path: "/var/log/nginx/*.log" },
    ]);
    expect(groupVars["ticketing_api"]?.["log_agent_readers"]).toEqual(["ticketing", "adm"]);
    expect(groupVars["ticketing_database"]?.["log_agent_files"]).toEqual([]);
  });

  test("masks what the agent of the nodes masks, by the same expressions in the same order [ALC-6.2]", () => {
    const nodes = masksOfNodes();

    expect(nodes).toHaveLength(13);
    expect(masks.map((mask) => `${mask.before}(${mask.what})${mask.behind} ${mask.with}`)).toEqual(nodes);
  });

  test.each(["environment", "service", "component", "host", "unit"])(
    "labels every line with %s [TKT-4.14]",
    (label) => {
      const template = readFileSync("ansible/roles/log_agent/templates/syslog-ng.conf.j2", "utf8");
      const stream = template.match(/"stream":\$\(format-json([\s\S]*?)\)/)?.[1] ?? "";

      expect(stream).toMatch(new RegExp(`^ *${label}=.+$`, "m"));
    },
  );
});
