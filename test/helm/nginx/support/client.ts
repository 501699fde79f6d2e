import { Agent, request } from "node:https";
import { connect } from "node:tls";
import type { Authority, Identity } from "./authority.ts";

/** Loopback addresses of this machine: one stands for the load balancer, one for anybody. */
export const LOAD_BALANCER = "127.0.0.2";
export const STRANGER = "127.0.0.9";

/** What a caller sends. */
export interface Asked {
  readonly method?: string;
  /** As it goes out, not normalized. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Address that it comes from; the load balancer's unless stated. */
  readonly from?: string;
  /** Shown as a client's. */
  readonly identity?: Identity;
  /** Keeps the connection; absent: a new one for each request. */
  readonly agent?: Agent;
}

/** What it got: names of headers in lower case, values in the order they came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** A server on loopback, known by a name that its certificate has. */
export interface Server {
  readonly port: number;
  readonly name: string;
  readonly authority: Authority;
}

/** Asks over TLS, with the server's certificate verified. */
export const ask = ({ port, name, authority }: Server, asked: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = "GET", path, headers = {}, body, from = LOAD_BALANCER, identity, agent = false } = asked;
    const shown = identity === undefined ? {} : { cert: identity.certificate, key: identity.key };
    const tls = { ca: authority.certificate, servername: name, ...shown };
    const lines = Object.fromEntries(
      Object.entries(headers).map(([header, value]) => [header, typeof value === "string" ? value : [...value]]),
    );
    const target = { host: "127.0.0.1", port, localAddress: from, method, path };
    const call = request({ ...target, ...tls, headers: { host: name, ...lines }, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headersDistinct).map(([header, values = []]) => [header, values]),
          ),
          body: text,
        }),
      );
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });

/** Keeps connections, as the load balancer does. */
export const keptConnections = (): Agent => new Agent({ keepAlive: true });

/** Sends bytes as they stand, and gives back all that comes until the server closes. */
export const sendRaw = ({ port, name, authority }: Server, bytes: string, identity?: Identity): Promise<string> =>
  new Promise((resolve, reject) => {
    const shown = identity === undefined ? {} : { cert: identity.certificate, key: identity.key };
    let text = "";
    const socket = connect({ host: "127.0.0.1", port, ca: authority.certificate, servername: name, ...shown }, () =>
      socket.write(bytes),
    );
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      text += part;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
