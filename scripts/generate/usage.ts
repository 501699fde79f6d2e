/** Text of `--help`. */
export const usage = `Usage: npm run generate -- [options]

Writes the committed files that follow from the catalogue, and removes those that nothing makes any more: values of each
release in each environment (helm/generated/<environment>/<release>.yaml), an example of each service's variables
(helm/generated/env/<service>.env.example), Ansible's inventories (ansible/generated/<environment>/; what a host's files
then are: npm run render-hosts), rules of alerts (monitoring/generated/<environment>/alerts.yaml), the list of policies' rules and a page of each (policies/generated/,
docs/generated/policies/). Needs no cloud and no credentials.

  --check   write nothing; list what differs
  --json    print what changed as JSON
  --help    this text

Exit code: 0 written, or nothing differs; 1 with --check, something differs; 2 the catalogue, a value or an argument has
a fault (nothing is written).`;
