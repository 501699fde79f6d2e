import { acceptances } from "./validate/acceptances.ts";
import { addresses } from "./validate/addresses.ts";
import { alerts } from "./validate/alerts.ts";
import { backups } from "./validate/backups.ts";
import { connections } from "./validate/connections.ts";
import { duplicates } from "./validate/duplicates.ts";
import { entrypoints } from "./validate/entrypoints.ts";
import { environments } from "./validate/environments.ts";
import type { Catalogue, Check, Fault } from "./validate/fault.ts";
import { flows } from "./validate/flows.ts";
import { jobs } from "./validate/jobs.ts";
import { literals } from "./validate/literals.ts";
import { minimums as ofRequirements } from "./validate/minimums.ts";
import { names } from "./validate/names.ts";
import { ports } from "./validate/ports.ts";
import { probes } from "./validate/probes.ts";
import { references } from "./validate/references.ts";
import { replicas } from "./validate/replicas.ts";
import { requirements } from "./validate/requirements.ts";
import { secrets } from "./validate/secrets.ts";
import { inspect } from "./validate/soundness.ts";
import { stores } from "./validate/stores.ts";

const checks: readonly Check[] = [
  duplicates,
  names,
  references,
  connections,
  ports,
  addresses,
  flows,
  entrypoints,
  secrets,
  literals,
  stores,
  jobs,
  backups,
  replicas,
  probes,
  alerts,
  acceptances,
  environments,
];

/**
 * Every fault of a catalogue at once, in a stable order; empty means sound.
 * Never throws, whatever a cast let in: a service or environment whose values have not the types they promise is
 * reported as such and left out of all other checks.
 * `today` is YYYY-MM-DD. `minimums` are those of the requirements unless a test brings its own.
 */
export function validateCatalogue(catalogue: Catalogue, today: string, minimums = ofRequirements): readonly Fault[] {
  const { faults, sound, complete } = inspect(catalogue);
  const subject = { ...sound, today, complete };
  return bySubject([...faults, ...[...checks, requirements(minimums)].flatMap((check) => check(subject))]);
}

/** What belongs to one service or environment stands together, in the order in which each is first met. */
const bySubject = (faults: readonly Fault[]): readonly Fault[] =>
  [...Map.groupBy(faults, ({ path }) => path.split("/", 1)[0]).values()].flat();

/** `ticketing/backups/database-dump/keep: must be >= 30 days (TKT-7.3), got 14 days`: one line, whatever the names hold. */
export const describeFault = ({ path, rule, got }: Fault): string =>
  `${path}: ${rule}, got ${got}`.replaceAll(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`,
  );
