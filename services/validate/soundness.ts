import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import type { Catalogue, Fault } from "./fault.ts";
import { byAlert, byDomain, byFlow, byName, field, isPlain, type Labeller } from "./label.ts";
import { choice, type Finding, list, matching, record, type Shape, time, whole } from "./shape.ts";
import { component } from "./shapes/components.ts";
import { environment } from "./shapes/environments.ts";
import { access, alert, backup, drill, egress, flow, job, objective } from "./shapes/operations.ts";
import { store } from "./shapes/stores.ts";
import { name } from "./shapes/texts.ts";
import { entrypoint, secret } from "./shapes/values.ts";
import { show } from "./show.ts";

/** Whether every value has the type and the range its field promises: casts, NaN and empty texts end here. */

const byAccess: Labeller = (element) => byName(field(element, "from"));

const service: Shape = record<Service>({
  name,
  code: matching(/^[a-z]{3}$/, "three lower-case letters"),
  owner: name,
  data: choice("internal", "confidential", "personal"),
  block: whole(0, 6), // 7 is the cluster's
  // What others refer to comes first, so that a fault in it is reported where it is declared.
  secrets: list(secret),
  components: list(component),
  stores: list(store),
  entrypoints: list(entrypoint),
  jobs: list(job),
  backups: list(backup),
  flows: list(flow, byFlow),
  egress: list(egress, byDomain),
  access: list(access, byAccess),
  drills: list(drill),
  alerts: list(alert, byAlert),
  objectives: list(objective),
  logs: record<Service["logs"]>({ keep: time, audit: time }),
  tracing: list(component),
});

/** What could be read of a catalogue, and what is wrong with the rest. */
interface Inspection {
  readonly faults: readonly Fault[];
  /** Only what other checks can rely on. */
  readonly sound: Catalogue;
  /** True when nothing had to be left out. */
  readonly complete: boolean;
}

/** Jobs and backups refer to each other both ways. */
const listedIn = (service: unknown): ReadonlySet<unknown> =>
  new Set(
    ["jobs", "backups"].flatMap((list): readonly unknown[] => {
      const elements = field(service, list);
      return isPlain(elements) && Array.isArray(elements) ? elements : [];
    }),
  );

function inspectAll(kind: "services" | "environments", catalogue: unknown, shape: Shape, prefix: string) {
  const elements = field(catalogue, kind);
  if (!isPlain(elements) || !Array.isArray(elements)) {
    return { findings: [{ path: kind, rule: "must be a list", got: show(elements), unsound: true }], sound: [] };
  }
  const looked = elements.map((element: unknown, index) => ({
    element,
    findings: shape(element, `${prefix}${byName(element) ?? `${kind}#${index}`}`, {
      shapes: new Map(),
      plain: new Set(),
      listed: listedIn(element),
    }),
  }));
  return {
    findings: looked.flatMap(({ findings }) => findings),
    sound: looked.filter(({ findings }) => !findings.some(({ unsound }) => unsound)).map(({ element }) => element),
  };
}

const withoutSoundness = ({ path, rule, got }: Finding): Fault => ({ path, rule, got });

/** Looks at any value as a catalogue. */
export function inspect(catalogue: unknown): Inspection {
  const services = inspectAll("services", catalogue, service, "");
  const environments = inspectAll("environments", catalogue, environment, "environments/");
  const findings = [...services.findings, ...environments.findings];
  return {
    faults: findings.map(withoutSoundness),
    sound: {
      services: services.sound as readonly Service[],
      environments: environments.sound as readonly Environment[],
    },
    complete: !findings.some(({ unsound }) => unsound),
  };
}
