import Table from "cli-table3";
import type { RuleFacts } from "../../policies/engine/rule.ts";

/** Every rule on a line. */
export function listText(rules: readonly RuleFacts[]): string {
  const table = new Table({
    head: ["rule", "severity", "name", "holds"],
    style: { head: [], border: [], compact: true },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...rules.map(({ id, severity, slug, title }) => [id, severity, slug, title]));
  return `${table.toString()}\n`;
}

/** Every rule with all that is said of it. */
export const listJson = (rules: readonly RuleFacts[]): string =>
  `${JSON.stringify(
    rules.map(({ id, slug, severity, title, why, fix, requirements }) => ({
      ...{ rule: id, slug, severity, title, why, fix, requirements },
    })),
    undefined,
    2,
  )}\n`;
