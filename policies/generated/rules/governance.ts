// Generated from policies/rules/governance. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { accountIsClosedByDefault } from "../../rules/governance/account-is-closed-by-default.ts";
import { accountIsWatched } from "../../rules/governance/account-is-watched.ts";
import { alarmTellsSomebody } from "../../rules/governance/alarm-tells-somebody.ts";
import { declaredStackIsWhole } from "../../rules/governance/declared-stack-is-whole.ts";
import { eventIsNotLost } from "../../rules/governance/event-is-not-lost.ts";
import { fleetReplacesWhatFails } from "../../rules/governance/fleet-replaces-what-fails.ts";
import { graveEventIsNoticed } from "../../rules/governance/grave-event-is-noticed.ts";
import { ignoredChangesHaveAReason } from "../../rules/governance/ignored-changes-have-a-reason.ts";
import { moduleIsPinned } from "../../rules/governance/module-is-pinned.ts";
import { moduleIsRead } from "../../rules/governance/module-is-read.ts";
import { nameSaysWhoseItIs } from "../../rules/governance/name-says-whose-it-is.ts";
import { nothingIsKeptStopped } from "../../rules/governance/nothing-is-kept-stopped.ts";
import { nothingIsMadeOutOfSight } from "../../rules/governance/nothing-is-made-out-of-sight.ts";
import { nothingRunsWhileApplying } from "../../rules/governance/nothing-runs-while-applying.ts";
import { planAdoptsItsOwn } from "../../rules/governance/plan-adopts-its-own.ts";
import { planIsFresh } from "../../rules/governance/plan-is-fresh.ts";
import { planIsWhole } from "../../rules/governance/plan-is-whole.ts";
import { planTakesNoProtectionAway } from "../../rules/governance/plan-takes-no-protection-away.ts";
import { planTakesNoStateAway } from "../../rules/governance/plan-takes-no-state-away.ts";
import { programIsPinned } from "../../rules/governance/program-is-pinned.ts";
import { protectionIsShown } from "../../rules/governance/protection-is-shown.ts";
import { protectionIsThere } from "../../rules/governance/protection-is-there.ts";
import { providerIsBoundToItsAccount } from "../../rules/governance/provider-is-bound-to-its-account.ts";
import { providerSpeaksToAws } from "../../rules/governance/provider-speaks-to-aws.ts";
import { resourceSaysWhoseItIs } from "../../rules/governance/resource-says-whose-it-is.ts";
import { serviceRunsAMaintainedVersion } from "../../rules/governance/service-runs-a-maintained-version.ts";
import { startScriptChecksWhatItRuns } from "../../rules/governance/start-script-checks-what-it-runs.ts";
import { stateIsLockedAndEncrypted } from "../../rules/governance/state-is-locked-and-encrypted.ts";
import { statefulResourceStays } from "../../rules/governance/stateful-resource-stays.ts";
import { versionsAreBounded } from "../../rules/governance/versions-are-bounded.ts";
import { watcherIsNotMuted } from "../../rules/governance/watcher-is-not-muted.ts";

/** Every rule of governance, by name. */
export const rules: readonly AnyRule[] = [
  accountIsClosedByDefault,
  accountIsWatched,
  alarmTellsSomebody,
  declaredStackIsWhole,
  eventIsNotLost,
  fleetReplacesWhatFails,
  graveEventIsNoticed,
  ignoredChangesHaveAReason,
  moduleIsPinned,
  moduleIsRead,
  nameSaysWhoseItIs,
  nothingIsKeptStopped,
  nothingIsMadeOutOfSight,
  nothingRunsWhileApplying,
  planAdoptsItsOwn,
  planIsFresh,
  planIsWhole,
  planTakesNoProtectionAway,
  planTakesNoStateAway,
  programIsPinned,
  protectionIsShown,
  protectionIsThere,
  providerIsBoundToItsAccount,
  providerSpeaksToAws,
  resourceSaysWhoseItIs,
  serviceRunsAMaintainedVersion,
  startScriptChecksWhatItRuns,
  stateIsLockedAndEncrypted,
  statefulResourceStays,
  versionsAreBounded,
  watcherIsNotMuted,
];
