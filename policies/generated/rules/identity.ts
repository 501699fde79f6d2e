// Generated from policies/rules/identity. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { administratorIsBounded } from "../../rules/identity/administrator-is-bounded.ts";
import { boundaryHolds } from "../../rules/identity/boundary-holds.ts";
import { clusterAccessIsLimited } from "../../rules/identity/cluster-access-is-limited.ts";
import { clusterIsGovernedPrivately } from "../../rules/identity/cluster-is-governed-privately.ts";
import { endpointServesItsAccount } from "../../rules/identity/endpoint-serves-its-account.ts";
import { grantIsLimited } from "../../rules/identity/grant-is-limited.ts";
import { identityHasBoundary } from "../../rules/identity/identity-has-boundary.ts";
import { imageRepositoryIsGuarded } from "../../rules/identity/image-repository-is-guarded.ts";
import { interfaceAsksWhoCalls } from "../../rules/identity/interface-asks-who-calls.ts";
import { keyKeepsAnAdministrator } from "../../rules/identity/key-keeps-an-administrator.ts";
import { machineHasItsOwnRole } from "../../rules/identity/machine-has-its-own-role.ts";
import { metadataNeedsAToken } from "../../rules/identity/metadata-needs-a-token.ts";
import { namedOriginsReadAnswers } from "../../rules/identity/named-origins-read-answers.ts";
import { nobodyHasStoredKeys } from "../../rules/identity/nobody-has-stored-keys.ts";
import { nobodyMakesHimselfStronger } from "../../rules/identity/nobody-makes-himself-stronger.ts";
import { nothingIsSharedWithAll } from "../../rules/identity/nothing-is-shared-with-all.ts";
import { passRoleIsLimited } from "../../rules/identity/pass-role-is-limited.ts";
import { permissionNamesItsResource } from "../../rules/identity/permission-names-its-resource.ts";
import { podGetsTheRoleThatTrustsIt } from "../../rules/identity/pod-gets-the-role-that-trusts-it.ts";
import { policyLocksNobodyOut } from "../../rules/identity/policy-locks-nobody-out.ts";
import { pullRequestOnlyReads } from "../../rules/identity/pull-request-only-reads.ts";
import { resourceIsNotPublic } from "../../rules/identity/resource-is-not-public.ts";
import { secretIsReadByItsConsumers } from "../../rules/identity/secret-is-read-by-its-consumers.ts";
import { serviceSaysForWhom } from "../../rules/identity/service-says-for-whom.ts";
import { signedPathsAskForSignatures } from "../../rules/identity/signed-paths-ask-for-signatures.ts";
import { trustOfAccountsIsConditioned } from "../../rules/identity/trust-of-accounts-is-conditioned.ts";
import { trustOfPodsIsExact } from "../../rules/identity/trust-of-pods-is-exact.ts";
import { trustOfServicesNamesSource } from "../../rules/identity/trust-of-services-names-source.ts";
import { trustOfTokensIsExact } from "../../rules/identity/trust-of-tokens-is-exact.ts";
import { userOnlySendsMail } from "../../rules/identity/user-only-sends-mail.ts";
import { usersSignInSafely } from "../../rules/identity/users-sign-in-safely.ts";
import { workbenchHasNoRightsOnItsMachine } from "../../rules/identity/workbench-has-no-rights-on-its-machine.ts";

/** Every rule of identity, by name. */
export const rules: readonly AnyRule[] = [
  administratorIsBounded,
  boundaryHolds,
  clusterAccessIsLimited,
  clusterIsGovernedPrivately,
  endpointServesItsAccount,
  grantIsLimited,
  identityHasBoundary,
  imageRepositoryIsGuarded,
  interfaceAsksWhoCalls,
  keyKeepsAnAdministrator,
  machineHasItsOwnRole,
  metadataNeedsAToken,
  namedOriginsReadAnswers,
  nobodyHasStoredKeys,
  nobodyMakesHimselfStronger,
  nothingIsSharedWithAll,
  passRoleIsLimited,
  permissionNamesItsResource,
  podGetsTheRoleThatTrustsIt,
  policyLocksNobodyOut,
  pullRequestOnlyReads,
  resourceIsNotPublic,
  secretIsReadByItsConsumers,
  serviceSaysForWhom,
  signedPathsAskForSignatures,
  trustOfAccountsIsConditioned,
  trustOfPodsIsExact,
  trustOfServicesNamesSource,
  trustOfTokensIsExact,
  userOnlySendsMail,
  usersSignInSafely,
  workbenchHasNoRightsOnItsMachine,
];
