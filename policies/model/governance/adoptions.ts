import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { withoutKeys } from "../terraform/module-calls.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { endOf, removalsOf, typeOf } from "./departures.ts";
import { type Import, imports } from "./imports.ts";
import { awsProviders } from "./providers.ts";

/** Something that a state takes in, and why it is not for it to take. */
export interface Adoption {
  readonly at: Place;
  /** Whose it is. Absent: nobody's else. */
  readonly others: Value<string> | undefined;
}

/** All that is imported, whether by a configuration or a plan. */
export const adoptions = kind<Adoption>("import", (estate) =>
  estate.of(imports).map((each) => ({ at: each.at, others: ownerOf(each, estate) })),
);

function ownerOf(given: Import, estate: Estate): Value<string> | undefined {
  const { id, to, stack } = given;
  if (isUnknown(id)) return new Unknown(id.expression);
  const account = /(?:^|[:/,])(\d{12})(?:[:/,]|$)/.exec(id)?.[1];
  // Who accepts something names it by its owner's account.
  const accounts = /_accepter$/.test(typeOf(to)) ? [] : accountsOf(given, estate);
  if (account !== undefined && accounts.length > 0 && !accounts.includes(account))
    return `${id}: of the account ${account}`;
  const twin = estate
    .of(imports)
    .find((each) => each.at !== given.at && each.id === id && typeOf(each.to) === typeOf(to));
  if (twin !== undefined) return `${id}: ${twin.to} of ${twin.stack ?? "the same state"} takes it in, too`;
  const holder = estate.terraform.find(id, typeOf(to));
  return holder === undefined || holder.stack === stack || letsGo(holder.stack, holder.address, estate)
    ? undefined
    : `${id}: ${holder.address} of ${holder.stack}`;
}

/** Accounts in which a state makes things. */
const accountsOf = ({ document }: Import, estate: Estate): readonly string[] => {
  if (estate.declaration !== undefined) return [estate.declaration.account];
  const own = estate.of(awsProviders).filter((each) => each.document === document);
  return own.flatMap(({ accounts }) => accounts.flatMap((each) => known(each) ?? []));
};

/** Whether a state forgets a resource in the same step. */
const letsGo = (stack: string | undefined, address: string, { terraform }: Estate): boolean =>
  terraform.documents.some(
    (each) =>
      each.stack === stack &&
      (removalsOf(each).some(({ from, isForgotten }) => isForgotten && from === withoutKeys(address)) ||
        (each.changes ?? []).some((change) => change.address === address && endOf(change) === "forgotten")),
  );
