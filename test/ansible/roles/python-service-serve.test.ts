import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";

/** How `serve` stops, with the uvicorn of the applications, on a port that is handed over as systemd does. */

const project = join(import.meta.dirname, "../../..");
const directory = mkdtempSync(join(tmpdir(), "serve-"));
const template = readFileSync(join(project, "ansible/roles/python_service/templates/serve.py.j2"), "utf8");
writeFileSync(join(directory, "serve.py"), template.replace("{{ platform_managed }}", ""));
writeFileSync(
  join(directory, "application.py"),
  `
async def answers(scope, receive, send):
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})

async def fails(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})
`,
);
/** Opens a port, says which, and becomes the program with it as descriptor 3. */
const HAND_OVER = `
import os, socket, sys
port = socket.create_server(("127.0.0.1", 0))
print(port.getsockname()[1], flush=True)
os.dup2(port.fileno(), 3)
os.set_inheritable(3, True)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
`;

let child: ChildProcess;
afterEach(() => child.kill("SIGKILL"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Starts an application; its port. */
async function serve(name: string): Promise<number> {
  child = spawn(join(project, ".venv/bin/python"), ["-c", HAND_OVER, join(directory, "serve.py"), name], {
    cwd: directory,
    env: { ...process.env, PYTHONPATH: directory },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [port] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return Number(port);
}

/** A connection that is open, in the port's queue or taken by the program. It asks when told; "" is an end without an answer. */
async function connection(port: number): Promise<() => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  const answer = new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(String(data).split("\r\n")[0] ?? ""));
    socket.on("error", () => resolve("")).once("close", () => resolve(""));
  });
  await once(socket, "connect");
  return async () => {
    socket.write("GET / HTTP/1.1\r\nHost: application\r\n\r\n");
    const line = await answer;
    socket.destroy();
    return line;
  };
}

test("who was taken before the stop is answered, though its request comes after", async () => {
  const port = await serve("application:answers");
  expect(await (await connection(port))()).toBe("HTTP/1.1 200 OK");
  const open = await connection(port);
  // What is asked later is answered: so the one before is taken.
  expect(await (await connection(port))()).toBe("HTTP/1.1 200 OK");

  child.kill("SIGTERM");
  // uvicorn looks for signals each tenth of a second.
  await setTimeout(250);

  expect(await open()).toBe("HTTP/1.1 200 OK");
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
});

test("an application that cannot start ends as uvicorn ends it", async () => {
  await serve("application:fails");

  expect(await once(child, "exit")).toEqual([3, null]);
});
