import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { efsMount } from "../../../ansible/inventory/roles/efs-mount.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { requireProgram } from "../../support/program.ts";
import { type Rendered, render } from "../support/render.ts";

const installed = requireProgram("systemd-analyze", "apt-get install systemd");
const UNIT = "etc/systemd/system/opt-ticketing-storage-uploads";
let rendered: Rendered;
beforeAll(() => {
  rendered = render([efsMount], ["dev-tkt-api-a"]);
});
afterAll(() => rendered.remove());

/** Settings of a unit, by name. */
const settings = (text: string) =>
  Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line.includes("=") && !line.startsWith("#"))
      .map((line): [string, string] => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

describe("shared files", () => {
  test("are mounted where the application looks, by TLS, in the host's role, by their access point [TKT-7.5]", () => {
    expect(settings(rendered.text("dev-tkt-api-a", `${UNIT}.mount`))).toMatchObject({
      What: "%%parameter:/dev/ticketing/uploads-file-system%%:/",
      Where: "/opt/ticketing/storage/uploads",
      Type: "efs",
      Options:
        "_netdev,tls,iam,accesspoint=%%parameter:/dev/ticketing/uploads-access-point%%,noresvport,nosuid,nodev,noexec",
    });
  });

  test("are mounted on first use", () => {
    expect(settings(rendered.text("dev-tkt-api-a", `${UNIT}.automount`))).toMatchObject({
      Where: "/opt/ticketing/storage/uploads",
      WantedBy: "multi-user.target",
    });
  });

  test.runIf(installed)("have units that systemd takes", () => {
    const units = ["mount", "automount"].map((kind) => join(rendered.folder, "dev-tkt-api-a", `${UNIT}.${kind}`));

    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...units], { encoding: "utf8" });

    expect({ status, said: stderr.split("\n").filter((line) => line.includes("uploads")) }).toEqual({
      status: 0,
      said: [],
    });
  });

  test("are on no host without a flow to them", () => {
    const [dev] = catalogue.environments;
    if (dev === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(resolveEstate(catalogue, dev), [efsMount]);

    const found = Object.keys(groupVars).filter((group) => groupVars[group]?.["efs_mount_stores"] !== undefined);

    expect(found).toEqual(["ticketing_api"]);
  });
});
