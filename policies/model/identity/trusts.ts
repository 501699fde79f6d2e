import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import type { Principal, Statement } from "../policy-statement.ts";
import { isUnknown, type Unknown, type Value } from "../value.ts";
import { type Identity, identities } from "./identities.ts";
import { pathOf } from "./identity-policies.ts";
import { isAllow } from "./reach.ts";

/** One way to take a role. */
export interface Trust {
  readonly at: Place;
  readonly role: Identity;
  /** Where it stands: `assume_role_policy.Statement[Jobs]`. */
  readonly path: string;
  /** Unknown: outputs do not show the whole document. */
  readonly statement: Value<Statement>;
  /** Whom it names. */
  readonly principals: readonly Principal[];
}

const ATTRIBUTE = "assume_role_policy";

export const trusts = kind<Trust>("trust", (estate) =>
  estate.of(identities).flatMap((role) => {
    const { at, trust } = role;
    if (trust === undefined) return [];
    if (isUnknown(trust)) return [unknownTrust(role, trust)];
    return trust.statements.flatMap((statement, index) =>
      isAllow(statement)
        ? [
            {
              at,
              role,
              statement,
              path: pathOf(ATTRIBUTE, statement, index),
              principals: statement.principals?.all ?? [],
            },
          ]
        : [],
    );
  }),
);

const unknownTrust = (role: Identity, document: Unknown): Trust => ({
  at: role.at,
  role,
  path: ATTRIBUTE,
  statement: document,
  principals: [],
});

/** Whom of a type a trust names. */
export const trusted = ({ principals }: Trust, type: string): readonly Value<string>[] =>
  principals.flatMap((each) => (each.type === type ? [each.who] : []));

/** Services of AWS that a trust names, without region and partition: `logs.amazonaws.com`. */
export const trustedServices = (trust: Trust): readonly string[] =>
  trusted(trust, "Service").flatMap((who) =>
    isUnknown(who) ? [] : [who.replace(/^([a-z-]+)\.[a-z]{2}(?:-[a-z]+)+-\d\./, "$1.").replace(/\.cn$/, "")],
  );
