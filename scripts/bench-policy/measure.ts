/** A process of its own for one measurement, so that its memory is its own: `node measure.ts PATH`. */
const since = performance.now();
const { readArtefacts } = await import("../../policies/artefacts/read.ts");
const { loadJudges } = await import("../policy/judges.ts");
const judges = await loadJudges();
const loaded = performance.now();
const estates = readArtefacts(process.argv[2] ?? "out");
const read = performance.now();
const phases: Record<string, number> = {};
let findings = 0;
for (const { name, judge } of judges) {
  const start = performance.now();
  for (const estate of estates) findings += judge(estate).findings.length;
  phases[name] = Math.round(performance.now() - start);
}
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
process.stdout.write(
  JSON.stringify({
    resources: sum(estates.map(({ terraform }) => terraform.resources.length)),
    objects: sum(estates.map(({ manifests }) => manifests.length)),
    hosts: sum(estates.map(({ hosts }) => hosts.length)),
    findings,
    // From the start of Node: what a person waits for.
    milliseconds: {
      start: Math.round(since),
      code: Math.round(loaded - since),
      read: Math.round(read - loaded),
      ...phases,
      whole: Math.round(performance.now()),
    },
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
