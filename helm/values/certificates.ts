import { podsDomain } from "../../services/names.ts";
import { ownCertificate, trust } from "../../services/platform.ts";
import { listeners } from "../../services/schema/component.ts";
import { type Context, partyNamed, type Workload } from "./context.ts";
import type { CertificateValues } from "./service-values.ts";
import { mentions, type Variable } from "./variables.ts";

/** `api.student-allocation`: who a workload is to those that ask for its certificate. */
export const commonNameOf = ({ resolved }: Context, { name }: { readonly name: string }): string =>
  `${name}.${resolved.service.name}`;

/**
 * The certificate of a workload: of a server where it listens, of a client where it is asked for one. Whoever only checks
 * others gets one of a client, for the authority's own certificate comes with it. Undefined where neither is needed.
 */
export function certificateOf(
  context: Context,
  workload: Workload,
  variables: readonly Variable[],
): CertificateValues | undefined {
  const { service, flows } = context.resolved;
  const party = partyNamed(context, workload);
  const listens = workload.kind === "pods" && listeners(workload).some(({ transport }) => transport !== "loopback");
  const shows =
    flows.some(({ from, transport }) => from === party && transport === "mtls") ||
    Object.values(ownCertificate).some((path) => mentions(variables, path));
  const checks = mentions(variables, trust.internal);
  if (!listens && !shows && !checks) return undefined;
  const own = podsDomain(service, workload);
  return {
    commonName: commonNameOf(context, workload),
    dnsNames: listens ? [own, own.replace(/\.cluster\.local$/, "")] : [],
    usages: [...(listens ? (["server auth"] as const) : []), ...(shows || !listens ? (["client auth"] as const) : [])],
  };
}
