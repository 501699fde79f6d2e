import { properties, type Report } from "./given.ts";

/** Account and region of an environment. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What an ARN must be after `arn:aws:<service>:<region>:<account>:`. */
interface ArnForm {
  readonly service: string;
  /** Its last parts, and how a person is told of them: `targetgroup/prd-alc-web/<id>`. */
  readonly resource: RegExp;
  readonly shape: string;
}

export const targetGroup = (name: string): ArnForm => ({
  service: "elasticloadbalancing",
  // Zeros stand for an id where there is none yet.
  resource: new RegExp(`^targetgroup/${name}/(?!0+$)[0-9a-f]{16}$`),
  shape: `targetgroup/${name}/<id>`,
});

/** Where RDS keeps the password of an administrator that it makes itself. */
export const administratorSecret: ArnForm = {
  service: "secretsmanager",
  resource: /^secret:rds!cluster-(?!0{8}-)[0-9a-f-]{36}-[A-Za-z0-9]{6}$/,
  shape: "secret:rds!cluster-<id>",
};

export const certificateAuthority: ArnForm = {
  service: "acm-pca",
  resource: /^certificate-authority\/(?!0{8}-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  shape: "certificate-authority/<id>",
};

/** What `terraform output -json` says in a stack, by output. */
export type Outputs = Readonly<Record<string, unknown>> | undefined;

/** One ARN that is an output of its own. */
export function outputArn(outputs: Outputs, output: string, form: ArnForm, place: Place, report: Report): string {
  const found = entryOf(outputs, output, report);
  return found === undefined ? "" : arnOf(pathOf(output), found["value"], form, place, report);
}

/** ARNs by name of one output. Names that nothing asks for are left alone: what is removed leaves Terraform last. */
export function outputArns(
  outputs: Outputs,
  output: string,
  wanted: ReadonlyMap<string, ArnForm>,
  place: Place,
  report: Report,
): Readonly<Record<string, string>> {
  const found = wanted.size === 0 ? undefined : entryOf(outputs, output, report);
  const got = found === undefined ? undefined : properties(pathOf(output), found["value"], report);
  if (got === undefined) return {};
  return Object.fromEntries(
    [...wanted].map(([name, form]) => [name, arnOf(`${pathOf(output)}/${name}`, got[name], form, place, report)]),
  );
}

const pathOf = (output: string): string => `terraform output/${output}`;

/** An output as Terraform describes it: its type, whether it is sensitive, and its value. */
function entryOf(outputs: Outputs, output: string, report: Report): Readonly<Record<string, unknown>> | undefined {
  if (outputs === undefined) return undefined;
  if (outputs[output] !== undefined) return properties(pathOf(output), outputs[output], report);
  report(pathOf(output), "must be there: is it the output of this service's own stack, applied?", undefined);
  return undefined;
}

/** An ARN of that form in that account and region; notes any other. */
function arnOf(path: string, got: unknown, form: ArnForm, { account, region }: Place, report: Report): string {
  const prefix = `arn:aws:${form.service}:${region}:${account}:`;
  if (typeof got === "string" && got.startsWith(prefix) && form.resource.test(got.slice(prefix.length))) return got;
  report(path, `must be ${prefix}${form.shape}`, got);
  return "";
}
