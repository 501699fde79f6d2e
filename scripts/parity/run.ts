import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { readArtefacts } from "../../policies/artefacts/read.ts";
import { judge } from "../../policies/engine/judge.ts";
import { rules } from "../../policies/generated/rules.ts";
import { parseRequest, usage } from "./arguments.ts";
import { compare, type Said } from "./compare.ts";
import { caughtByUs, hostileChecks, hostileFolder } from "./hostile.ts";
import { copiedFor, objectAddress } from "./outputs.ts";
import { type Hostile, isEven, jsonText, type Parity, textOf } from "./report.ts";
import { installedScanner, listedChecks, type Scan, scan } from "./scanner.ts";
import { entriesOf, faultsOf, readTable, type Table } from "./table.ts";

const ENVIRONMENT = "production";

/** How a run ended, and what it prints. */
interface Ended {
  readonly code: 0 | 1;
  readonly stdout: string;
}

/** Compares as the arguments say. Throws UsageError, ArtefactError or another error for the user. */
export async function run(args: readonly string[], root: string, tell: (doing: string) => void): Promise<Ended> {
  const request = parseRequest(args);
  if (request.help) return { code: 0, stdout: usage };
  const table = readTable(root);
  const out = request.artefacts ?? join(root, "out");
  const ours = judgedByUs(out);
  const program = await installedScanner(root, table.scanner.version, tell);
  const directory = mkdtempSync(join(tmpdir(), "parity-"));
  try {
    tell("checkov scans production ...");
    const theirs = await judgedByScanner(program, out, directory, ours.objects);
    tell("checkov scans the hostile firewalls ...");
    const hostile = await judgedHostile(program, table, root, directory);
    const parity: Parity = {
      table,
      faults: [
        ...faultsOf(table, new Set(rules.map(({ slug }) => slug))),
        ...differencesOf(table, await listedChecks(program)),
      ],
      comparison: compare(table, theirs.failed, ours.found),
      scanner: { passed: theirs.passed, failed: theirs.failed.length, milliseconds: theirs.milliseconds },
      ours: { subjects: ours.subjects, findings: ours.found.length, milliseconds: ours.milliseconds },
      hostile,
    };
    return { code: isEven(parity) ? 0 : 1, stdout: request.json ? jsonText(parity) : textOf(parity) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Our gate on production, read from its files as the scanner reads them. */
function judgedByUs(out: string) {
  const since = performance.now();
  const estates = readArtefacts(out, [ENVIRONMENT]);
  const judged = estates.map((estate) => judge(estate, rules));
  const milliseconds = Math.round(performance.now() - since);
  return {
    milliseconds,
    subjects: judged.flatMap(({ runs }) => runs).reduce((sum, each) => sum + each.subjects, 0),
    found: judged.flatMap(({ findings }) =>
      findings.map(({ slug, stack, resource }): Said => ({ by: slug, resource: `${stack ?? ""}/${resource}` })),
    ),
    objects: new Set(
      estates.flatMap(({ manifests }) =>
        manifests.flatMap(({ kind, name, namespace }) => (namespace === undefined ? [`${kind}/${name}`] : [])),
      ),
    ),
  };
}

/** The scanner on the same: configurations of Terraform, then rendered manifests. */
async function judgedByScanner(program: string, out: string, directory: string, objects: ReadonlySet<string>) {
  const copies = copiedFor(join(out, "terraform", ENVIRONMENT), join(directory, "terraform"));
  const terraform = await scan(program, "terraform_json", copies.folder);
  const kubernetes = await scan(program, "kubernetes", join(out, "helm", ENVIRONMENT));
  return {
    failed: [
      ...saidBy(terraform, ({ file, address }) => `${dirname(file)}/${copies.addressOf(file, address)}`),
      ...saidBy(kubernetes, ({ file, address }) => `${basename(file, ".yaml")}/${objectAddress(address, objects)}`),
    ],
    passed: terraform.passed + kubernetes.passed,
    milliseconds: terraform.milliseconds + kubernetes.milliseconds,
  };
}

const saidBy = ({ failed }: Scan, resourceOf: (each: Scan["failed"][number]) => string): readonly Said[] =>
  failed.map((each) => ({ by: each.check, resource: resourceOf(each) }));

/** Who catches which hostile firewall; the scanner by those of its checks that are after the same. */
async function judgedHostile(
  program: string,
  table: Table,
  root: string,
  directory: string,
): Promise<readonly Hostile[]> {
  const folder = join(directory, "hostile");
  mkdirSync(folder);
  // Elsewhere, or the scanner would leave them out as files of tests.
  cpSync(join(root, hostileFolder), folder, { recursive: true });
  const checks = hostileChecks(table);
  const { failed } = await scan(program, "terraform_json", folder);
  const caught = new Set(failed.filter(({ check }) => checks.has(check)).map(({ file }) => file));
  return caughtByUs(root, rules).map(({ file, found }) => ({
    file,
    ours: found.length > 0,
    scanner: caught.has(file),
  }));
}

/** Where the table and the scanner's own list are not the same. */
function differencesOf(table: Table, listed: ReadonlySet<string>): readonly string[] {
  const known = entriesOf(table);
  return [
    ...[...listed].filter((id) => !known.has(id)).map((id) => `${id} is missing`),
    ...[...known.keys()].filter((id) => !listed.has(id)).map((id) => `checkov ${table.scanner.version} has no ${id}`),
  ];
}
