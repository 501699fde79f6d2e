import { request } from "node:http";
import { connect as connectPlain, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { Identity } from "./authority.ts";

/** Where a caller goes, and whom it trusts. */
export interface Target {
  readonly port: number;
  /** Host name that it asks for. */
  readonly name: string;
  /** Authority of the server's certificate, PEM. */
  readonly authority: string;
}

/** How it connects. */
export interface Connecting {
  /** Address that it comes from. */
  readonly from?: string;
  /** Client whose address the load balancer tells by proxy protocol; absent: no header. */
  readonly client?: string;
  readonly identity?: Identity;
  readonly session?: Buffer;
  readonly version?: "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  readonly ciphers?: string;
  readonly groups?: string;
}

/** Version 2 of the proxy protocol for TCP over IPv4, as a network load balancer writes it. */
function proxyHeader(client: string): Buffer {
  const signature = Buffer.from("0d0a0d0a000d0a515549540a", "hex");
  const addresses = Buffer.from([...client.split("."), ..."10.10.0.9".split(".")].map(Number));
  return Buffer.concat([signature, Buffer.from([0x21, 0x11, 0, 12]), addresses, Buffer.from([0x10, 0xe1, 0x1f, 0x41])]);
}

function plain(port: number, { from = "127.0.0.2", client }: Connecting): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connectPlain({ host: "127.0.0.1", port, localAddress: from }, () => {
      if (client !== undefined) socket.write(proxyHeader(client));
      done(socket);
    }).on("error", failed);
  });
}

/** A TLS connection with the server's certificate verified. Rejects when the handshake fails. */
export async function handshake(target: Target, connecting: Connecting = {}): Promise<TLSSocket> {
  const { identity, session, version, ciphers, groups } = connecting;
  const socket = await plain(target.port, connecting);
  return new Promise((done, failed) => {
    const tls = connect(
      {
        socket,
        ca: target.authority,
        servername: target.name,
        ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
        ...(session === undefined ? {} : { session }),
        ...(version === undefined ? {} : { minVersion: version, maxVersion: version }),
        ...(ciphers === undefined ? {} : { ciphers }),
        ...(groups === undefined ? {} : { ecdhCurve: groups }),
      },
      () => done(tls),
    );
    tls.on("error", failed);
    socket.on("error", failed);
    socket.on("close", () => failed(new Error("closed")));
  });
}

/** What is asked over a connection. */
export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Host name in the request; the target's unless stated. */
  readonly host?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Asks over a connection that stays open. Rejects when it is closed without an answer. */
export const askOver = (tls: TLSSocket, target: Target, asked: Asked = {}): Promise<Answer> =>
  new Promise((done, failed) => {
    const { method = "GET", path = "/", headers = {}, body = "", host = target.name } = asked;
    const sent = {
      host,
      connection: "keep-alive",
      ...(body === "" ? {} : { "content-length": body.length }),
      ...headers,
    };
    const call = request({ method, path, headers: sent, createConnection: () => tls }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => {
        const received = Object.entries(response.headersDistinct).map(([name, values = []]) => [
          name,
          values.join(", "),
        ]);
        done({ status: response.statusCode ?? 0, headers: Object.fromEntries(received), body: text });
      });
    });
    call.on("error", failed);
    call.end(body);
  });

/** Asks over a connection of its own. */
export async function ask(target: Target, asked: Asked & Connecting = {}): Promise<Answer> {
  const tls = await handshake(target, asked);
  try {
    return await askOver(tls, target, asked);
  } finally {
    tls.destroy();
  }
}

/** How a call ends: its status, or `refused` where no answer comes. */
export const outcome = (target: Target, asked: Asked & Connecting = {}): Promise<number | "refused"> =>
  ask(target, asked).then(
    ({ status }) => status,
    () => "refused" as const,
  );
