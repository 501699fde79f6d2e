/** A process of its own for one measurement of the gate as it is run, so that its memory is its own: `node gate.ts PATH`. */
const { callJudges } = await import("../policy/judges.ts");
const { judged, said } = await callJudges()({ path: process.argv[2] ?? "out", environments: [] });
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
process.stdout.write(
  JSON.stringify({
    resources: sum(judged.map(({ resources }) => resources)),
    objects: sum(judged.map(({ objects }) => objects)),
    hosts: sum(judged.map(({ hosts }) => hosts)),
    findings: sum(said.flatMap(({ judgements }) => judgements.map(({ findings }) => findings.length))),
    // From the start of Node: what a person waits for.
    milliseconds: Math.round(performance.now()),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
