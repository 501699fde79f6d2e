import type { Service } from "../../schema/service.ts";
import { declaredFlows, memberFlows } from "./declared.ts";
import { entryFlows } from "./entry.ts";
import type { ResolvedFlow } from "./flow.ts";
import { platformFlows } from "./platform.ts";

/** Everything that must be possible for a service, declared and derived, in a stable order. */
export const flowsOf = (service: Service): readonly ResolvedFlow[] =>
  merged([
    ...declaredFlows(service),
    ...memberFlows(service),
    ...service.entrypoints.flatMap((entrypoint) => entryFlows(service, entrypoint)),
    ...platformFlows(service),
  ]);

/** Two reasons for one connection are one flow with both reasons. */
function merged(flows: readonly ResolvedFlow[]): readonly ResolvedFlow[] {
  const byId = new Map<string, ResolvedFlow>();
  for (const flow of flows) {
    const known = byId.get(flow.id);
    byId.set(flow.id, known === undefined ? flow : { ...known, why: joined(known.why, flow.why) });
  }
  return [...byId.values()];
}
const joined = (one: string, other: string) => (one.split("; ").includes(other) ? one : `${one}; ${other}`);
