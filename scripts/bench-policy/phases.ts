/** A process of its own that does, part after part, what the gate does: `node phases.ts PATH`. */
const since = performance.now();
const { readArtefacts } = await import("../../policies/artefacts/read.ts");
const { interfaces } = await import("../../policies/model/network/interfaces.ts");
const { loadJudges } = await import("../policy/judges.ts");
const judges = await loadJudges();
const loaded = performance.now();
const estates = readArtefacts(process.argv[2] ?? "out");
const read = performance.now();
// Interfaces with their groups and rules: what is loaded before anybody judges them. Other parts of the model count as rules.
for (const estate of estates) estate.of(interfaces);
const modelled = performance.now();
/** Milliseconds that some judges take for everything. */
function timed(isAsked: (name: string) => boolean): number {
  const start = performance.now();
  for (const { judge } of judges.filter(({ name }) => isAsked(name))) for (const estate of estates) judge(estate);
  return Math.round(performance.now() - start);
}
process.stdout.write(
  JSON.stringify({
    start: Math.round(since),
    code: Math.round(loaded - since),
    read: Math.round(read - loaded),
    model: Math.round(modelled - read),
    rules: timed((name) => name !== "reachability"),
    reachability: timed((name) => name === "reachability"),
  }),
);
