import type { Service } from "../../../services/schema/service.ts";
import type { Cpu } from "../../../services/schema/units.ts";
import { mib } from "../../../services/schema/units.ts";
import type { NamespaceValues } from "../cluster-values.ts";
import { bytes, cpus } from "../quantities.ts";
import type { Footprint } from "./footprint.ts";

/** What a container gets that says nothing of itself: enough for a person's look, too little for a service. */
const UNSAID = { cpu: "50m", memory: bytes(mib(128)), "ephemeral-storage": bytes(mib(64)) } as const;
/** A container's memory has an end at least this high, or what says nothing of itself would be refused. */
const LEAST = mib(128);

/**
 * Where a service ends: all of its pods at their most, each with what is told to stop still there. Load balancers and node
 * ports are Terraform's to make, and nothing here keeps data in a volume.
 */
export const quotaOf = (footprint: Footprint): NamespaceValues["quota"] => ({
  pods: String(footprint.pods),
  "requests.cpu": cpus(footprint.millicores as Cpu),
  "requests.memory": bytes(footprint.bytes),
  "limits.memory": bytes(footprint.bytes),
  "services.loadbalancers": "0",
  "services.nodeports": "0",
  persistentvolumeclaims: "0",
});

/**
 * Bounds of one container. Processors have no limit here: Kubernetes would take it for the default of all that declare
 * none, and slow their answers down while the node idles.
 */
export const limitsOf = ({ largestContainerBytes }: Footprint): NamespaceValues["limits"] => [
  {
    type: "Container",
    defaultRequest: { ...UNSAID },
    default: { memory: UNSAID.memory },
    max: { memory: bytes(Math.max(largestContainerBytes, LEAST)) },
  },
];

/** Jobs that have a CronJob. Those before a release have none: a release starts them. */
export const startableOf = (service: Service): NamespaceValues["startable"] =>
  Object.fromEntries(
    service.jobs
      .filter(({ on, schedule }) => on.kind === "pods" && schedule.every !== "release")
      .map(({ name, schedule }) => [name, schedule.every === "demand" ? "with-arguments" : "as-it-stands"]),
  );
