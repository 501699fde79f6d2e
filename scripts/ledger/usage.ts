/** Text of `--help`. */
export const usage = `Usage: npm run ledger -- [options]

Compares the stateful resources of every stack with the committed ledger, stacks/ledger/<environment>.yaml, shows what
changed and writes it. It writes nothing while an address leaves, or an argument changes that would replace it, without
a moved block, a removed block or a line in stacks/ledger/waivers.yaml.

  --check   write nothing
  --json    print changes and faults as JSON
  --help    this text

Exit code: 0 the ledger is up to date, 1 something leaves that nobody has accepted, or, with --check, the ledger is out of
date; 2 could not compare.`;
