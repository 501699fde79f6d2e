import { describe, expect, test } from "vitest";
import { depthOf, pythonService } from "../../../ansible/inventory/roles/python-service.ts";
import { placeOf, told } from "./python-service/told.ts";

const MAIN = "/opt/message_broker/.env";

describe("units, users and releases", () => {
  test("[BRK-8.4] [BRK-19.1] run from the link to the release, on loopback, as a user of their own", () => {
    const units = ["proxy", "main", "worker", "portal"].flatMap(
      (group) => told("message-broker", group).python_service_units,
    );

    expect(units.map(({ name, user }) => [name, user])).toEqual([
      ["message-broker-proxy", "broker-proxy"],
      ["main_server", "broker-main"],
      ["message-broker-worker", "broker-worker"],
      ["message-broker-portal", "broker-portal"],
    ]);
    expect(units.map(({ address }) => address)).toEqual([
      "127.0.0.1:18001",
      "127.0.0.1:18000",
      undefined,
      "127.0.0.1:8080",
    ]);
    expect(units.map(({ exec }) => exec).join("\n")).not.toMatch(/--(?:host|bind|ssl)/);
  });

  test("stop later than their longest request, and say on loopback when they are ready", () => {
    expect(told("message-broker", "proxy").python_service_units[0]).toMatchObject({
      stop_seconds: 50,
      ready: "http://127.0.0.1:18001/api/v1/health",
    });
    expect(told("ticketing", "worker").python_service_units.map(({ ready }) => ready)).toEqual([
      "http://127.0.0.1:19101/health",
      undefined,
    ]);
  });

  test("whoever stores files has the number that the shared folder demands, and may write there", () => {
    const { python_service_users: users, python_service_units: units } = told("ticketing", "api");

    expect(users).toEqual([{ name: "ticketing", uid: 2001 }]);
    expect(units[0]?.["writable"]).toEqual(["/var/log/ticketing", "/opt/ticketing/storage/uploads"]);
    expect(told("ticketing", "worker").python_service_users.map(({ uid }) => uid)).toEqual([undefined, undefined]);
  });

  test("[BRK-22.3] [BRK-24.8] schemas change by a login of their own, with the new release, after a dump", () => {
    const { python_service_jobs: jobs, python_service_environments: environments } = told("message-broker", "main");

    expect(jobs).toEqual([
      {
        name: "migrate",
        unit: "message-broker-migrate",
        why: "changes the schema, by a login of its own (BRK-22.3)",
        user: "broker-main",
        folder: "/opt/message_broker/releases/%i/main",
        exec: "/opt/message_broker/releases/%i/venv/bin/alembic upgrade head",
        environment_file: "/etc/message-broker/migrate.env",
        environment_files: [MAIN, "/etc/message-broker/migrate.env"],
        limit_seconds: 900,
        after: ["database"],
      },
    ]);
    expect(environments["/etc/message-broker/migrate.env"]?.["DATABASE_URL"]).toContain("//broker_migrate:%%secret:");
  });

  test("leave and join the target groups that send to them", () => {
    expect(told("ticketing", "api").python_service_targets).toMatchObject([{ name: "dev-tkt-web", port: 443 }]);
    expect(told("message-broker", "proxy").python_service_targets).toMatchObject([
      { name: "dev-brk-clients", port: 8001 },
    ]);
    expect(told("message-broker", "main").python_service_targets).toEqual([]);
  });

  test("are released after what they call", () => {
    const depths = ["main", "proxy", "portal", "worker"].map((group) =>
      depthOf(placeOf("message-broker", group), group),
    );

    expect(depths).toEqual([0, 1, 1, 2]);
  });

  test("are no matter of stores, and of hosts whose programs bring their own runtime", () => {
    expect(pythonService.groupVars(placeOf("ticketing", "database"))).toBeUndefined();
    expect(pythonService.groupVars(placeOf("observability", "prometheus"))).toBeUndefined();
  });

  test("[BRK-1.1] [BRK-12.1] fails when a unit wants a Python older than 3.12", () => {
    const place = placeOf("message-broker", "main");
    const { group } = place;
    if (group.kind !== "hosts") throw new Error("main is on hosts");
    const units = group.units.map((unit) => ({ ...unit, runtime: "python3.8" }));

    expect(() => pythonService.groupVars({ ...place, group: { ...group, units } })).toThrow(
      'message-broker/components/main/units/main_server/runtime: must be python3.12 or later (BRK-1.1), got "python3.8"',
    );
  });

  test.each(["--port 18000 --host 127.0.0.1", "--fd 4"])(
    "fails when a server could not be handed its port: %s",
    (bound) => {
      const place = placeOf("message-broker", "main");
      const { group } = place;
      if (group.kind !== "hosts") throw new Error("main is on hosts");
      const exec = `/opt/message_broker/venv/bin/uvicorn main_server.api:app ${bound}`;
      const units = group.units.map((unit) => ({ ...unit, exec }));

      expect(() => pythonService.groupVars({ ...place, group: { ...group, units } })).toThrow(
        `main_server/exec: a server must be <venv>/bin/uvicorn <module>:<name> --host <address> --port <port>, got "${exec}"`,
      );
    },
  );
});
