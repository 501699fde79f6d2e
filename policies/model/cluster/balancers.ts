import { parseCidr, union } from "../addresses.ts";
import type { Manifest } from "../estate.ts";
import { type Estate, kind } from "../estate.ts";
import { administrativePorts } from "../network/administrative-ports.ts";
import { TCP } from "../network/protocol.ts";
import { isMoreThanASite } from "../network/widths.ts";
import type { Place } from "../place.ts";
import { hasPort, noPorts } from "../ports.ts";
import { isUnknown, type Value } from "../value.ts";
import { balancersOfIngresses } from "./ingress-balancers.ts";
import { balancersOfServices } from "./service-balancers.ts";

/** A load balancer of AWS that a controller makes for an object of the cluster, as its annotations say. */
export interface ClusterBalancer {
  readonly at: Place;
  readonly manifest: Manifest;
  /** Which table of TLS policies is its own. */
  readonly generation: "second" | "classic";
  /** What says whether it is on the internet, and whether it is. */
  readonly scheme: { readonly attribute: string; readonly isPublic: Value<boolean> };
  /** Its name, where one is given. */
  readonly name: Value<string> | undefined;
  /** Blocks of addresses that may come in; nothing where its own groups say so. */
  readonly sources: { readonly attribute: string; readonly cidrs: readonly Value<string>[] } | undefined;
  readonly listeners: readonly ClusterListener[];
  /** What it speaks to pods and to their health checks. */
  readonly hops: readonly {
    readonly attribute: string;
    readonly speaks: Value<string>;
    readonly isEncrypted: boolean;
  }[];
  /** Of those that speak HTTP: the web ACL before it, where one is named. */
  readonly webAcl: { readonly attribute: string; readonly arn: Value<string> | undefined } | undefined;
}

/** A port of it. */
export interface ClusterListener {
  readonly attribute: string;
  readonly port: Value<number>;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `SSL`. */
  readonly protocol: Value<string>;
  /** Of one that speaks HTTP: whether it does nothing but send clients to HTTPS. */
  readonly redirects: Value<boolean>;
  /** The TLS policy that it is told. */
  readonly policy: { readonly attribute: string; readonly name: Value<string> | undefined };
}

/** Those of the AWS Load Balancer Controller, of EKS Auto Mode, and of what came with Kubernetes before. */
export const clusterBalancers = kind<ClusterBalancer>("load balancer of a cluster", (estate) => [
  ...balancersOfIngresses(estate),
  ...balancersOfServices(estate),
]);

const BY_MANIFEST = {};

/** The one that is made for an object. */
export const balancerOf = (estate: Estate, manifest: Manifest): ClusterBalancer | undefined =>
  estate
    .once(BY_MANIFEST, () => new Map(estate.of(clusterBalancers).map((each) => [each.manifest, each])))
    .get(manifest);

/** Ports of administration or data that more than one site of the internet reaches, as with security groups. */
export function administeredBy({ sources, listeners }: ClusterBalancer): readonly {
  readonly attribute: string;
  readonly got: Value<string>;
}[] {
  const [, administrative = noPorts] = administrativePorts.find(([protocol]) => protocol === TCP) ?? [];
  if (sources === undefined) return [];
  const { attribute, cidrs } = sources;
  const unknown = cidrs.find(isUnknown);
  const isWide = isMoreThanASite(union(cidrs.flatMap((each) => parseCidr(String(each)) ?? [])));
  return listeners
    .filter(({ port }) => (unknown !== undefined || isWide) && (isUnknown(port) || hasPort(administrative, port)))
    .map(({ port }) => ({ attribute, got: unknown ?? `${cidrs.join(", ")} to port ${port}` }));
}
