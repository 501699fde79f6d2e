/** What the role `nginx` is told of each port, in the words of its templates (`meta/argument_specs.yml`). */

/** Requests of one class: who may send them, how many, how large. First match wins. */
export interface RouteVars {
  readonly class: string;
  /** Regular expression of `pathExpression`. */
  readonly paths: string;
  /** Absent: every method. */
  readonly methods?: readonly string[];
  /** `5r/s`; absent: as many as come. */
  readonly rate?: string;
  readonly burst?: number;
  /** Parallel requests of one client address; absent: any number. */
  readonly connections?: number;
  readonly body_bytes: number;
  /** Ranges of clients; absent: everybody. */
  readonly from?: readonly string[];
  /** Common names of clients whose certificate opens these paths; absent: every certificate that is accepted. */
  readonly callers?: readonly string[];
  /** True: the sending switch closes it (BRK-10.1, BRK-SEC.23). */
  readonly sends: boolean;
}

/** Keys and certificates of a port, by path. */
export interface TlsVars {
  readonly minimum: "1.2" | "1.3";
  readonly certificate: string;
  readonly key: string;
  /** Clients must show a certificate of this authority, which its list has not revoked. */
  readonly clients?: { readonly authority: string; readonly revoked?: string };
}

/** One port. */
export interface ServerVars {
  readonly listener: string;
  readonly port: number;
  /** Host names that it answers to; any other is misdirected (421). */
  readonly names: readonly string[];
  readonly tls: TlsVars;
  /** The load balancer before it, alone believed and alone admitted; absent: callers come themselves. */
  readonly balancer?: { readonly tells: "x-forwarded-for" | "proxy-protocol"; readonly ranges: readonly string[] };
  /** Path that answers under any name, for load balancers and probes, which ask by address. */
  readonly health?: string;
  /** Response headers, on answers of NGINX's own too. */
  readonly headers: Readonly<Record<string, string>>;
  readonly request_id: "keep-or-make" | "keep";
  /** Regular expression of what is answered 404 for everybody; absent: nothing but what has no route. */
  readonly hidden?: string;
  readonly body_bytes: number;
  readonly keepalive_seconds: number;
  readonly routes: readonly RouteVars[];
}
