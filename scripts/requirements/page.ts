import type { Claims } from "./claims.ts";
import { type Requirement, systemOf, systems } from "./requirement.ts";
import { columns, countsOf, type Status, statusOf } from "./status.ts";

/** Where the page lies, from the project's folder. */
export const pagePath = "docs/generated/requirements.md";

const LONGEST = 110;

const titles = {
  TKT: "ticketing",
  NOD: "desktop-backend",
  MUN: "resident-services",
  BRK: "message-broker",
  ALC: "student-allocation",
} as const;

/**
 * The table as Markdown, by system: what is asked, what was decided, and which test files name it. From sources alone,
 * so that the same sources give the same page; that those tests pass is what `npm run requirements` says.
 */
export function page(requirements: readonly Requirement[], claims: Claims): string {
  const judged = requirements.map((each) => ({ each, status: statusOf(each, claims) }));
  const sections = systems.flatMap((system) => {
    const own = judged.filter(({ each }) => systemOf(each) === system);
    return [
      "",
      `## ${system}: ${titles[system]}`,
      "",
      "| id | requirement | decision | proof |",
      "| --- | --- | --- | --- |",
      ...own.map(({ each, status }) => row(each, status, claims)),
    ];
  });
  const counted = [...systems, undefined].map((system) => {
    const own = judged.filter(({ each }) => system === undefined || systemOf(each) === system);
    return `| ${system ?? "all"} | ${countsOf(own.map(({ each, status }) => [each, status])).join(" | ")} |`;
  });
  return `${[
    "<!-- Generated from docs/requirements.yaml and the titles of tests. Do not edit; run npm run requirements -- --write. -->",
    "# Requirements",
    "",
    "Proven: a test names the id in square brackets in its title, and fails when the requirement is broken; in part: as far",
    "as it is made. Planned: a part of the repository that is not made yet will do or prove it. Open: nothing is left to",
    "make, and no test names it. `npm run requirements` says the same of the tests that passed; whole texts and layers are in",
    "`docs/requirements.yaml`.",
    "",
    `| system | ${columns.join(" | ")} |`,
    `| --- | ${columns.map(() => "---:").join(" | ")} |`,
    ...counted,
    ...sections,
  ].join("\n")}\n`;
}

function row(requirement: Requirement, status: Status, claims: Claims): string {
  const { id, text, decision, gives, adr = [] } = requirement;
  const given = gives === undefined ? "" : ` **Gives** ${gives.what}: ${gives.form}.`;
  const others = adr.filter((number) => !decision.includes(`ADR ${number}`));
  const why = others.length === 0 ? "" : ` ADR ${others.join(", ")}.`;
  const cells = [id, shortened(text), `${decision}${given}${why}`, proof(requirement, status, claims)];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function proof({ id, planned = [] }: Requirement, status: Status, claims: Claims): string {
  switch (status) {
    case "proven": {
      const files = (claims.get(id) ?? []).map((file) => `[${file.replace(/^test\//, "")}](../../${file})`);
      return [...files, ...(planned.length === 0 ? [] : [`in part; planned: ${planned.join(", ")}`])].join("<br>");
    }
    case "planned":
      return `planned: ${planned.join(", ")}`;
    case "open":
    case "application":
      return status;
  }
}

/** Whole words, so that a cell stays a line or two. */
const shortened = (text: string) =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} ...`;

/** Markdown would end a cell at a bar, and take `<name>` for HTML. */
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/<(?!br>)/g, "&lt;");
