/** GiB of memory of the machines that databases stand on (EC2 instance types, read 2026-11). */
const MEMORY_GIB: Readonly<Record<string, number>> = {
  "t4g.small": 2,
  "t4g.medium": 4,
  "t4g.large": 8,
  "m7g.medium": 4,
  "m7g.large": 8,
  "m7g.xlarge": 16,
  "r7g.large": 16,
  "r7g.xlarge": 32,
};

/** MiB of memory of a machine. Throws for one that is not listed, for a database is sized by it and asks no host. */
export function memoryMib(machine: string, environment: string): number {
  const gib = MEMORY_GIB[machine];
  if (gib === undefined) {
    const allowed = Object.keys(MEMORY_GIB).join(", ");
    throw new Error(`${environment}/machines: memory must be known (${allowed}), got "${machine}"`);
  }
  return gib * 1024;
}
