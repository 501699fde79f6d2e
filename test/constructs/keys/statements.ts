/** Example account and roles of the tests in this folder and its neighbours. */
export const accountId = "111111111111";
export const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
export const breakGlassArns = [roleArn("break-glass")];

/** Statements of a policy text by their sid, without the sid. */
export function statementsOf(policy: string): Record<string, unknown> {
  const { Version, Statement } = JSON.parse(policy);
  if (Version !== "2012-10-17") {
    throw new Error(`expected policy version 2012-10-17, got ${Version}`);
  }
  return Object.fromEntries(Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));
}

/** A denial to everyone but these roles, as it stands in the JSON. */
export const denyBut = (spared: readonly string[], actions: readonly string[], resources: readonly string[]) => ({
  Effect: "Deny",
  Principal: "*",
  Action: actions,
  Resource: resources,
  Condition: { ArnNotLike: { "aws:PrincipalArn": spared } },
});
