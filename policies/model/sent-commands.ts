import { isObject, type Json, textOf } from "./json.ts";
import { templatedJson } from "./templated-json.ts";
import type { Block } from "./terraform/block.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/** Attributes of Systems Manager with commands that machines run as root, by type. */
export const SENT: Readonly<Record<string, string>> = {
  aws_ssm_association: "parameters",
  aws_ssm_document: "content",
  aws_ssm_maintenance_window_task: "task_invocation_parameters",
};

/** Documents of AWS that run what lies elsewhere (AWS Systems Manager, command document reference, read 2026-11-23). */
const FROM_ELSEWHERE =
  /^AWS-(?:RunRemoteScript|RunDocument|RunAnsiblePlaybook|ApplyAnsiblePlaybooks|ApplyChefRecipes|ApplyDSCMofs|RunSaltState|InstallApplication|InstallPowerShellModule)$/;
/** Parameters and keys of documents that hold commands, and an expression in place of all of them. */
const COMMANDS = /^(?:commands?|runCommand|script)$/i;
const EXPRESSION = /^\$\{[^}]*\}$/;

/** The commands, a line each. Unknown: what they run lies elsewhere, or outputs do not show it. */
export function sentCommands(block: Block, attribute: string): Value<string> {
  const document = block.text("name") ?? block.text("task_arn");
  if (document !== undefined && !isUnknown(document) && isOfOthers(document)) return new Unknown(document);
  const lines = linesIn(block.raw[attribute] ?? "", attribute === "content" ? "script" : "");
  return lines.find(isUnknown) ?? lines.join("\n");
}

/** One that fetches what it runs, or that another account may change. */
const isOfOthers = (document: string): boolean =>
  FROM_ELSEWHERE.test(document.split("/").at(-1) ?? "") || /^arn:[^:]*:ssm:[^:]*:\d{12}:document\//.test(document);

/** Every text in something of a name. */
function linesIn(value: Json | undefined, name: string): readonly Value<string>[] {
  if (typeof value === "string") {
    const inner = templatedJson(value);
    if (inner !== undefined) return linesIn(inner, name);
    return [COMMANDS.test(name) && EXPRESSION.test(value) ? new Unknown(value) : value];
  }
  if (Array.isArray(value)) return value.flatMap((each: Json) => linesIn(each, name));
  if (!isObject(value)) return [];
  // One of a list of parameters: its name stands beside its values.
  const parameter = textOf(value["name"]) ?? "values";
  return Object.entries(value).flatMap(([key, each]) => linesIn(each, key === "values" ? parameter : key));
}
