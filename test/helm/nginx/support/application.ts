import {
  type IncomingMessage,
  createServer as plainServer,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Identity } from "./authority.ts";

/** A request as the application got it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; those that came twice are one, joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The application of a test: it answers 200 and says what it got, unless the test says otherwise. */
export interface Application {
  readonly port: number;
  readonly received: readonly Received[];
  /** Connections so far. */
  readonly connections: () => number;
  /** Replaces what it answers. */
  readonly answer: (how: (request: Received, response: ServerResponse) => void) => void;
  readonly stop: () => Promise<void>;
}

const ordinary = (_request: Received, response: ServerResponse) => response.end("answered by the application");

/** Starts one: over TLS with an identity, which asks for no client certificate; else in the clear, as behind a sidecar. */
export async function startApplication(identity?: Identity): Promise<Application> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let how: (request: Received, response: ServerResponse) => void = ordinary;
  const listener: RequestListener = async (request, response) => {
    const whole = await read(request);
    received.push(whole);
    how(whole, response);
  };
  const server =
    identity === undefined
      ? plainServer(listener)
      : createServer({ cert: identity.certificate, key: identity.key }, listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    connections += 1;
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    answer: (next) => {
      how = next;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  let body = "";
  for await (const part of request) body += part;
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(", ")]),
  );
  return { method: request.method ?? "", path: request.url ?? "", headers, body };
}
