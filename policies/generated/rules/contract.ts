// Generated from policies/rules/contract. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { declaredFlowHasItsPortEverywhere } from "../../rules/contract/declared-flow-has-its-port-everywhere.ts";
import { declaredPortIsServedByItsPods } from "../../rules/contract/declared-port-is-served-by-its-pods.ts";
import { endpointAnswersToItsName } from "../../rules/contract/endpoint-answers-to-its-name.ts";
import { entranceFetchesFromItsOwn } from "../../rules/contract/entrance-fetches-from-its-own.ts";
import { entranceKeepsWhatItsPathsPromise } from "../../rules/contract/entrance-keeps-what-its-paths-promise.ts";
import { entrypointLeadsToItsTarget } from "../../rules/contract/entrypoint-leads-to-its-target.ts";
import { hostHoldsDeclaredSecrets } from "../../rules/contract/host-holds-declared-secrets.ts";
import { hostListensWhereDeclared } from "../../rules/contract/host-listens-where-declared.ts";
import { hostNamesDeclaredOthers } from "../../rules/contract/host-names-declared-others.ts";
import { hostNamesOwnBuckets } from "../../rules/contract/host-names-own-buckets.ts";
import { onlyDeclaredAnswersAreKept } from "../../rules/contract/only-declared-answers-are-kept.ts";
import { podFindsWhatItNames } from "../../rules/contract/pod-finds-what-it-names.ts";
import { podMountsDeclaredSecrets } from "../../rules/contract/pod-mounts-declared-secrets.ts";
import { probeAsksAnOpenPort } from "../../rules/contract/probe-asks-an-open-port.ts";
import { recordLeadsWhereDeclared } from "../../rules/contract/record-leads-where-declared.ts";
import { selectorFindsItsPods } from "../../rules/contract/selector-finds-its-pods.ts";
import { serviceReachesItsPods } from "../../rules/contract/service-reaches-its-pods.ts";
import { subnetLiesInItsZone } from "../../rules/contract/subnet-lies-in-its-zone.ts";
import { targetGroupBindingReachesItsPods } from "../../rules/contract/target-group-binding-reaches-its-pods.ts";
import { targetGroupSendsWhereHostsListen } from "../../rules/contract/target-group-sends-where-hosts-listen.ts";

/** Every rule of contract, by name. */
export const rules: readonly AnyRule[] = [
  declaredFlowHasItsPortEverywhere,
  declaredPortIsServedByItsPods,
  endpointAnswersToItsName,
  entranceFetchesFromItsOwn,
  entranceKeepsWhatItsPathsPromise,
  entrypointLeadsToItsTarget,
  hostHoldsDeclaredSecrets,
  hostListensWhereDeclared,
  hostNamesDeclaredOthers,
  hostNamesOwnBuckets,
  onlyDeclaredAnswersAreKept,
  podFindsWhatItNames,
  podMountsDeclaredSecrets,
  probeAsksAnOpenPort,
  recordLeadsWhereDeclared,
  selectorFindsItsPods,
  serviceReachesItsPods,
  subnetLiesInItsZone,
  targetGroupBindingReachesItsPods,
  targetGroupSendsWhereHostsListen,
];
