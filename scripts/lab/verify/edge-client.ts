import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ResolvedEntrypoint } from "../../../services/resolve.ts";
import { balancerAddresses } from "../cloud/balancers.ts";
import { cloudFacts } from "../cloud/facts.ts";
import { outsiders } from "../cloud/network.ts";
import { besideHosts } from "../controller.ts";
import type { Lab } from "../hosts.ts";
import { piece } from "../state.ts";

export type TlsVersion = "1.2" | "1.3";

/** A request to a load balancer or a host. */
export interface Call {
  readonly address: string;
  readonly port: number;
  /** Host name that it asks for. */
  readonly name: string;
  /** One of the controller's addresses. */
  readonly source: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of a body; absent: none. */
  readonly size?: number;
  /** A body, in place of one of a size. */
  readonly json?: unknown;
  /** A certificate that was issued here. */
  readonly identity?: string;
  /** Latest version of TLS that it speaks; absent: 1.3. */
  readonly version?: TlsVersion;
  /** The first TLS session of that name is kept, and offered ever after. */
  readonly session?: string;
}

/** What came of it. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** Whether a session that was kept opened it, without a whole handshake. */
      readonly resumed: boolean;
    }
  /** Why there is no answer. */
  | { readonly none: string };

/** What a certificate is made by. */
export interface Issue {
  readonly authority: "internal" | "broker";
  readonly purpose: "client" | "server";
  readonly subject: string;
  /** Until when it is good, from now; negative: it has expired. */
  readonly seconds: number;
}

/** A client of a service, with certificates and sessions of its own. */
export interface EdgeClient {
  /** Has a certificate made; the file of it and its key, which goes with the client. */
  readonly issue: (name: string, asked: Issue) => Promise<string>;
  /** Revokes as the role issuer would; the serial number, hexadecimal. */
  readonly revoke: (name: string) => Promise<string>;
  readonly call: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  readonly stop: () => void;
}

const templates = { client: "EndEntityClientAuthCertificate", server: "EndEntityServerAuthCertificate" } as const;

/** Starts a client beside the hosts. */
export function edgeClient(lab: Lab): EdgeClient {
  const child = spawn("nsenter", besideHosts(lab, ["python3", piece("verify/edge.py")]), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: { readonly done: (line: string) => void; readonly failed: (error: Error) => void }[] = [];
  createInterface(child.stdout).on("line", (line) => waiting.shift()?.done(line));
  child.on("close", (code) => {
    for (const { failed } of waiting.splice(0)) failed(new Error(`edge.py: ended with exit code ${code}`));
  });
  const ask = async <Value>(question: unknown): Promise<Value> => {
    const line = await new Promise<string>((done, failed) => {
      waiting.push({ done, failed });
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    return JSON.parse(line) as Value;
  };
  const { authorities } = cloudFacts(lab.plan, lab.state);
  return {
    issue: async (name, { authority, purpose, subject, seconds }) => {
      const arn = authorities.find((each) => each.name === authority)?.arn;
      const made = { name, authority: arn, template: templates[purpose], subject, seconds };
      return (await ask<{ readonly path: string }>({ issue: made })).path;
    },
    revoke: async (name) => (await ask<{ readonly serial: string }>({ revoke: name })).serial,
    call: (calls) => ask({ calls }),
    stop: () => child.stdin.end(),
  };
}

/** A call to an entrypoint of the lab's service, by a caller of a kind. Throws for one that is not there. */
export function callTo(
  { plan }: Lab,
  entrypoint: string,
  from: "internet" | "clients" | "admins",
): Pick<Call, "address" | "port" | "name" | "source"> & { readonly entry: ResolvedEntrypoint } {
  const found = balancerAddresses(plan).find(({ entry }) => entry.entrypoint.name === entrypoint);
  const source = outsiders(plan)[from];
  const address = found?.addresses[0];
  if (found === undefined || source === undefined || address === undefined) {
    throw new Error(`${plan.resolved.service.name}: no entrypoint "${entrypoint}" for ${from}`);
  }
  const { entry } = found;
  const port = entry.entrypoint.kind === "web" ? 443 : entry.entrypoint.to.port;
  return { address, port, name: entry.hostName, source, entry };
}

/** For findings: the status, or why there is none. */
export const said = (answer: Answer | undefined): string => {
  if (answer === undefined) return "nothing";
  return "status" in answer ? String(answer.status) : `none (${answer.none})`;
};

/** Serves requests of one client to the end of a check. */
export async function withClient<Value>(lab: Lab, work: (client: EdgeClient) => Promise<Value>): Promise<Value> {
  const client = edgeClient(lab);
  try {
    return await work(client);
  } finally {
    client.stop();
  }
}

/** A finding unless an answer has one of these statuses: no answer at all is no refusal, it may be a fault of anything. */
export const unless = (what: string, answer: Answer | undefined, ...wanted: readonly number[]): readonly string[] => {
  const isWanted = answer !== undefined && "status" in answer && wanted.includes(answer.status);
  return isWanted ? [] : [`${what}: must get ${wanted.join(" or ")}, got ${said(answer)}`];
};

/** A finding unless an answer came after a handshake of its own, whatever session was offered. */
export const unlessWhole = (what: string, answer: Answer | undefined): readonly string[] => {
  if (answer === undefined || !("status" in answer)) return [`${what}: must be answered, got ${said(answer)}`];
  return answer.resumed ? [`${what}: must be a whole handshake, was opened by its old session`] : [];
};

/** The JSON of an answer; undefined where it is none, or longer than what is kept of it. */
export function jsonOf(answer: Answer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (answer === undefined || !("status" in answer)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(answer.body, "base64").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
