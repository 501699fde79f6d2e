import { PLATFORM, resourceName } from "../../../services/names.ts";
import { type ResolvedService, workloads } from "../../../services/resolve.ts";
import type { Service } from "../../../services/schema/service.ts";
import { gib, hours } from "../../../services/schema/units.ts";
import type { NamespaceValues } from "../cluster-values.ts";
import type { Footprint } from "./footprint.ts";

const GIB = gib(1);

/** Growth beyond what pods ask for: what the kubelet and agents keep, space that fits no pod, a node that replaces another. */
const ROOM = 1.5;
/** Memory of an instance for each of its processors: that of general-purpose ones, and the most that any has. */
const MEMORY_PER_CPU_GIB = { usual: 4, most: 8 };

/** What a node keeps of its volume for images, logs and the small scratch space of its other pods. */
const IMAGES_GIB = 30;
/** The kubelet evicts pods from the tenth that is left, and hands out none of it. */
const USABLE = 0.85;

/** Nodes of a service: what Terraform made for them, found by name, and how far they may grow. */
export function nodesOf(
  { service, environment }: ResolvedService,
  subnets: readonly string[],
  footprint: Footprint,
): NamespaceValues["nodes"] {
  const memoryGib = footprint.bytes / GIB;
  const processors = Math.ceil(ROOM * Math.max(footprint.millicores / 1000, memoryGib / MEMORY_PER_CPU_GIB.usual));
  return {
    role: resourceName(environment, PLATFORM, "nodes"),
    subnets: subnets.map((name) => resourceName(environment, PLATFORM, "network", name)),
    securityGroup: resourceName(environment, service.code, "nodes"),
    volumeKey: `alias/${resourceName(environment, service.code, "data")}`,
    volumeGib: Math.ceil((footprint.largestScratchBytes / GIB + IMAGES_GIB) / USABLE),
    cpu: String(processors),
    // Whichever instances are cheapest, the limit of processors is met first.
    memory: `${processors * MEMORY_PER_CPU_GIB.most}Gi`,
    drainSeconds: drainSeconds(service),
    tags: {
      Name: resourceName(environment, service.code, "node"),
      service: service.name,
      environment: environment.name,
      owner: service.owner,
      "data-classification": service.data,
    },
  };
}

/** The longest job or request, and an hour for those that wait for another one's end. */
const drainSeconds = (service: Service): number =>
  Math.max(...workloads(service).map((each) => (each.kind === "pods" ? each.longestRequest : each.limit))) + hours(1);
