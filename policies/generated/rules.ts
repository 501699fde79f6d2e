// Generated from policies/rules. Do not edit; run npm run generate.
import type { AnyRule } from "../engine/rule.ts";
import { administrationIsNotPublic } from "../rules/firewall/administration-is-not-public.ts";
import { defaultAclIsClosed } from "../rules/firewall/default-acl-is-closed.ts";
import { defaultGroupIsClosed } from "../rules/firewall/default-group-is-closed.ts";
import { egressIsRestricted } from "../rules/firewall/egress-is-restricted.ts";
import { egressReachesDeclaredNamesOnly } from "../rules/firewall/egress-reaches-declared-names-only.ts";
import { firewallDropsTheRest } from "../rules/firewall/firewall-drops-the-rest.ts";
import { hostsDoNotForward } from "../rules/firewall/hosts-do-not-forward.ts";
import { interfaceHasGroupsOfItsOwn } from "../rules/firewall/interface-has-groups-of-its-own.ts";
import { mainTableLeadsNowhere } from "../rules/firewall/main-table-leads-nowhere.ts";
import { networkAclAdmitsNoAdministration } from "../rules/firewall/network-acl-admits-no-administration.ts";
import { onlyDeclaredNamesAreAnswered } from "../rules/firewall/only-declared-names-are-answered.ts";
import { onlyEntrypointsArePublic } from "../rules/firewall/only-entrypoints-are-public.ts";
import { onlyLoadBalancersHavePublicAddresses } from "../rules/firewall/only-load-balancers-have-public-addresses.ts";
import { othersJoinByConsent } from "../rules/firewall/others-join-by-consent.ts";
import { routesLeadWhereDeclared } from "../rules/firewall/routes-lead-where-declared.ts";
import { rulesSayWhy } from "../rules/firewall/rules-say-why.ts";
import { subnetsGiveNoPublicAddresses } from "../rules/firewall/subnets-give-no-public-addresses.ts";
import { trafficIsRecorded } from "../rules/firewall/traffic-is-recorded.ts";
import { certificateRenewsItself } from "../rules/tls/certificate-renews-itself.ts";
import { clearTextOnlyRedirects } from "../rules/tls/clear-text-only-redirects.ts";
import { databaseRefusesClearText } from "../rules/tls/database-refuses-clear-text.ts";
import { entrypointSpeaksItsMinimumTls } from "../rules/tls/entrypoint-speaks-its-minimum-tls.ts";
import { hopsBehindAreEncrypted } from "../rules/tls/hops-behind-are-encrypted.ts";
import { httpsEntranceSendsHsts } from "../rules/tls/https-entrance-sends-hsts.ts";
import { loadBalancerDropsMalformedRequests } from "../rules/tls/load-balancer-drops-malformed-requests.ts";
import { mutualTlsVerifies } from "../rules/tls/mutual-tls-verifies.ts";
import { noProtocolBelowTls12 } from "../rules/tls/no-protocol-below-tls-1-2.ts";
import { privateAuthorityIsStrong } from "../rules/tls/private-authority-is-strong.ts";
import { publicWebEntranceHasAWebAcl } from "../rules/tls/public-web-entrance-has-a-web-acl.ts";
import { resourcePolicyDeniesClearText } from "../rules/tls/resource-policy-denies-clear-text.ts";
import { serviceSpeaksTls } from "../rules/tls/service-speaks-tls.ts";
import { sessionsAreForwardSecret } from "../rules/tls/sessions-are-forward-secret.ts";
import { webAclStopsAttacks } from "../rules/tls/web-acl-stops-attacks.ts";
import { accessPointIsOneFolder } from "../rules/data/access-point-is-one-folder.ts";
import { bucketAccessIsRecorded } from "../rules/data/bucket-access-is-recorded.ts";
import { bucketForgetsInTime } from "../rules/data/bucket-forgets-in-time.ts";
import { bucketHasItsOwnKey } from "../rules/data/bucket-has-its-own-key.ts";
import { bucketIsClosed } from "../rules/data/bucket-is-closed.ts";
import { bucketIsVersioned } from "../rules/data/bucket-is-versioned.ts";
import { dataHasItsOwnKey } from "../rules/data/data-has-its-own-key.ts";
import { dataRefusesDeletion } from "../rules/data/data-refuses-deletion.ts";
import { databaseOutlivesFaults } from "../rules/data/database-outlives-faults.ts";
import { declaredBackupIsLocked } from "../rules/data/declared-backup-is-locked.ts";
import { declaredSnapshotIsKept } from "../rules/data/declared-snapshot-is-kept.ts";
import { imageInUseStays } from "../rules/data/image-in-use-stays.ts";
import { keyIsKeptAndRenewed } from "../rules/data/key-is-kept-and-renewed.ts";
import { keyMaterialHasItsOwnKey } from "../rules/data/key-material-has-its-own-key.ts";
import { lifecycleKeepsWhatIsPromised } from "../rules/data/lifecycle-keeps-what-is-promised.ts";
import { lockHasTeeth } from "../rules/data/lock-has-teeth.ts";
import { logIsKept } from "../rules/data/log-is-kept.ts";
import { noSecretIsWrittenDown } from "../rules/data/no-secret-is-written-down.ts";
import { offsiteBackupIsCopied } from "../rules/data/offsite-backup-is-copied.ts";
import { secretIsRenewedAndKept } from "../rules/data/secret-is-renewed-and-kept.ts";
import { serviceKeepsALog } from "../rules/data/service-keeps-a-log.ts";
import { trailRecordsEverything } from "../rules/data/trail-records-everything.ts";
import { vaultIsLocked } from "../rules/data/vault-is-locked.ts";
import { administratorIsBounded } from "../rules/identity/administrator-is-bounded.ts";
import { boundaryHolds } from "../rules/identity/boundary-holds.ts";
import { clusterAccessIsLimited } from "../rules/identity/cluster-access-is-limited.ts";
import { clusterIsGovernedPrivately } from "../rules/identity/cluster-is-governed-privately.ts";
import { endpointServesItsAccount } from "../rules/identity/endpoint-serves-its-account.ts";
import { grantIsLimited } from "../rules/identity/grant-is-limited.ts";
import { identityHasBoundary } from "../rules/identity/identity-has-boundary.ts";
import { imageRepositoryIsGuarded } from "../rules/identity/image-repository-is-guarded.ts";
import { interfaceAsksWhoCalls } from "../rules/identity/interface-asks-who-calls.ts";
import { keyKeepsAnAdministrator } from "../rules/identity/key-keeps-an-administrator.ts";
import { machineHasItsOwnRole } from "../rules/identity/machine-has-its-own-role.ts";
import { metadataNeedsAToken } from "../rules/identity/metadata-needs-a-token.ts";
import { nobodyHasStoredKeys } from "../rules/identity/nobody-has-stored-keys.ts";
import { nobodyMakesHimselfStronger } from "../rules/identity/nobody-makes-himself-stronger.ts";
import { nothingIsSharedWithAll } from "../rules/identity/nothing-is-shared-with-all.ts";
import { passRoleIsLimited } from "../rules/identity/pass-role-is-limited.ts";
import { permissionNamesItsResource } from "../rules/identity/permission-names-its-resource.ts";
import { podGetsTheRoleThatTrustsIt } from "../rules/identity/pod-gets-the-role-that-trusts-it.ts";
import { policyLocksNobodyOut } from "../rules/identity/policy-locks-nobody-out.ts";
import { pullRequestOnlyReads } from "../rules/identity/pull-request-only-reads.ts";
import { resourceIsNotPublic } from "../rules/identity/resource-is-not-public.ts";
import { secretIsReadByItsConsumers } from "../rules/identity/secret-is-read-by-its-consumers.ts";
import { serviceSaysForWhom } from "../rules/identity/service-says-for-whom.ts";
import { trustOfAccountsIsConditioned } from "../rules/identity/trust-of-accounts-is-conditioned.ts";
import { trustOfPodsIsExact } from "../rules/identity/trust-of-pods-is-exact.ts";
import { trustOfServicesNamesSource } from "../rules/identity/trust-of-services-names-source.ts";
import { trustOfTokensIsExact } from "../rules/identity/trust-of-tokens-is-exact.ts";
import { userOnlySendsMail } from "../rules/identity/user-only-sends-mail.ts";
import { admissionPolicyDenies } from "../rules/cluster/admission-policy-denies.ts";
import { apiVersionIsServed } from "../rules/cluster/api-version-is-served.ts";
import { autoscalerHasRoom } from "../rules/cluster/autoscaler-has-room.ts";
import { bindingIsNarrow } from "../rules/cluster/binding-is-narrow.ts";
import { certificateIsRenewedInTime } from "../rules/cluster/certificate-is-renewed-in-time.ts";
import { clusterVersionIsSupported } from "../rules/cluster/cluster-version-is-supported.ts";
import { containerCannotChangeItself } from "../rules/cluster/container-cannot-change-itself.ts";
import { containerHasItsShare } from "../rules/cluster/container-has-its-share.ts";
import { containerHasNoPrivileges } from "../rules/cluster/container-has-no-privileges.ts";
import { containerImageIsPinned } from "../rules/cluster/container-image-is-pinned.ts";
import { containerIsProbed } from "../rules/cluster/container-is-probed.ts";
import { containerRunsAsAUserOfItsOwn } from "../rules/cluster/container-runs-as-a-user-of-its-own.ts";
import { diskIsEncrypted } from "../rules/cluster/disk-is-encrypted.ts";
import { ingressIsEncryptedAndPlain } from "../rules/cluster/ingress-is-encrypted-and-plain.ts";
import { jobComesToAnEnd } from "../rules/cluster/job-comes-to-an-end.ts";
import { manifestHoldsNoSecret } from "../rules/cluster/manifest-holds-no-secret.ts";
import { namespaceEnforcesRestricted } from "../rules/cluster/namespace-enforces-restricted.ts";
import { namespaceIsBounded } from "../rules/cluster/namespace-is-bounded.ts";
import { nodeIsPrivateAndEncrypted } from "../rules/cluster/node-is-private-and-encrypted.ts";
import { nodePoolIsBoundedAndRenewed } from "../rules/cluster/node-pool-is-bounded-and-renewed.ts";
import { objectIsAtHome } from "../rules/cluster/object-is-at-home.ts";
import { podEndsInOrder } from "../rules/cluster/pod-ends-in-order.ts";
import { podHasARank } from "../rules/cluster/pod-has-a-rank.ts";
import { podHasAnAccountOfItsOwn } from "../rules/cluster/pod-has-an-account-of-its-own.ts";
import { podHoldsNoStaticKey } from "../rules/cluster/pod-holds-no-static-key.ts";
import { podIsClosedByDefault } from "../rules/cluster/pod-is-closed-by-default.ts";
import { podListensWithTls } from "../rules/cluster/pod-listens-with-tls.ts";
import { podSharesNothingWithItsNode } from "../rules/cluster/pod-shares-nothing-with-its-node.ts";
import { roleIsNarrow } from "../rules/cluster/role-is-narrow.ts";
import { serviceStaysInside } from "../rules/cluster/service-stays-inside.ts";
import { taskHasNoPrivileges } from "../rules/cluster/task-has-no-privileges.ts";
import { workloadIsSpread } from "../rules/cluster/workload-is-spread.ts";
import { workloadRollsWithoutLoss } from "../rules/cluster/workload-rolls-without-loss.ts";
import { workloadSurvivesANode } from "../rules/cluster/workload-survives-a-node.ts";
import { archiveOutlivesItsNeed } from "../rules/hosts/archive-outlives-its-need.ts";
import { auditTrailIsFixed } from "../rules/hosts/audit-trail-is-fixed.ts";
import { backupRunsInTime } from "../rules/hosts/backup-runs-in-time.ts";
import { clusterControlIsMutualTls } from "../rules/hosts/cluster-control-is-mutual-tls.ts";
import { databaseAccountIsNarrow } from "../rules/hosts/database-account-is-narrow.ts";
import { environmentIsForOneAccount } from "../rules/hosts/environment-is-for-one-account.ts";
import { fileIsGuarded } from "../rules/hosts/file-is-guarded.ts";
import { firewallIsClosedAndWhole } from "../rules/hosts/firewall-is-closed-and-whole.ts";
import { hostCertificateIsRenewed } from "../rules/hosts/host-certificate-is-renewed.ts";
import { hostHoldsNoAuthority } from "../rules/hosts/host-holds-no-authority.ts";
import { hostKeepsItsBase } from "../rules/hosts/host-keeps-its-base.ts";
import { kernelIsHardened } from "../rules/hosts/kernel-is-hardened.ts";
import { logsLeaveOverTls } from "../rules/hosts/logs-leave-over-tls.ts";
import { mariadbServesItsHost } from "../rules/hosts/mariadb-serves-its-host.ts";
import { metricsAreForPrometheus } from "../rules/hosts/metrics-are-for-prometheus.ts";
import { mongodbAsksEverybody } from "../rules/hosts/mongodb-asks-everybody.ts";
import { nginxAnswersNothingInClear } from "../rules/hosts/nginx-answers-nothing-in-clear.ts";
import { nginxAsksForCertificates } from "../rules/hosts/nginx-asks-for-certificates.ts";
import { nginxBelievesNamedProxiesOnly } from "../rules/hosts/nginx-believes-named-proxies-only.ts";
import { nginxConfigurationIsReadable } from "../rules/hosts/nginx-configuration-is-readable.ts";
import { nginxHasNoTraps } from "../rules/hosts/nginx-has-no-traps.ts";
import { nginxLimitsRequests } from "../rules/hosts/nginx-limits-requests.ts";
import { nginxLogsNoSecrets } from "../rules/hosts/nginx-logs-no-secrets.ts";
import { nginxOverwritesIdentityHeaders } from "../rules/hosts/nginx-overwrites-identity-headers.ts";
import { nginxRefusesUnknownHosts } from "../rules/hosts/nginx-refuses-unknown-hosts.ts";
import { nginxSendsSecurityHeaders } from "../rules/hosts/nginx-sends-security-headers.ts";
import { nginxSpeaksModernTls } from "../rules/hosts/nginx-speaks-modern-tls.ts";
import { nginxVerifiesUpstreams } from "../rules/hosts/nginx-verifies-upstreams.ts";
import { packagesAreSigned } from "../rules/hosts/packages-are-signed.ts";
import { postgresAdmitsKnownLogins } from "../rules/hosts/postgres-admits-known-logins.ts";
import { postgresLosesNothing } from "../rules/hosts/postgres-loses-nothing.ts";
import { programChecksCertificates } from "../rules/hosts/program-checks-certificates.ts";
import { purgeWaitsForBackup } from "../rules/hosts/purge-waits-for-backup.ts";
import { redisKeepsWhatItHolds } from "../rules/hosts/redis-keeps-what-it-holds.ts";
import { redisKnowsItsCallers } from "../rules/hosts/redis-knows-its-callers.ts";
import { redisSpeaksTlsOnly } from "../rules/hosts/redis-speaks-tls-only.ts";
import { revocationListIsFresh } from "../rules/hosts/revocation-list-is-fresh.ts";
import { serviceHoldsNoSecret } from "../rules/hosts/service-holds-no-secret.ts";
import { serviceIsConfined } from "../rules/hosts/service-is-confined.ts";
import { serviceKeepsItsSettings } from "../rules/hosts/service-keeps-its-settings.ts";
import { serviceListensWithTls } from "../rules/hosts/service-listens-with-tls.ts";
import { telemetrySpeaksTls } from "../rules/hosts/telemetry-speaks-tls.ts";
import { accountIsClosedByDefault } from "../rules/governance/account-is-closed-by-default.ts";
import { accountIsWatched } from "../rules/governance/account-is-watched.ts";
import { alarmTellsSomebody } from "../rules/governance/alarm-tells-somebody.ts";
import { declaredStackIsWhole } from "../rules/governance/declared-stack-is-whole.ts";
import { ignoredChangesHaveAReason } from "../rules/governance/ignored-changes-have-a-reason.ts";
import { moduleIsPinned } from "../rules/governance/module-is-pinned.ts";
import { nameSaysWhoseItIs } from "../rules/governance/name-says-whose-it-is.ts";
import { nothingRunsWhileApplying } from "../rules/governance/nothing-runs-while-applying.ts";
import { planIsFresh } from "../rules/governance/plan-is-fresh.ts";
import { planTakesNoStateAway } from "../rules/governance/plan-takes-no-state-away.ts";
import { providerIsBoundToItsAccount } from "../rules/governance/provider-is-bound-to-its-account.ts";
import { resourceSaysWhoseItIs } from "../rules/governance/resource-says-whose-it-is.ts";
import { stateIsLockedAndEncrypted } from "../rules/governance/state-is-locked-and-encrypted.ts";
import { statefulResourceStays } from "../rules/governance/stateful-resource-stays.ts";
import { versionsAreBounded } from "../rules/governance/versions-are-bounded.ts";
import { declaredFlowHasItsPortEverywhere } from "../rules/contract/declared-flow-has-its-port-everywhere.ts";
import { declaredPortIsServedByItsPods } from "../rules/contract/declared-port-is-served-by-its-pods.ts";
import { entrypointLeadsToItsTarget } from "../rules/contract/entrypoint-leads-to-its-target.ts";
import { podFindsWhatItNames } from "../rules/contract/pod-finds-what-it-names.ts";
import { podMountsDeclaredSecrets } from "../rules/contract/pod-mounts-declared-secrets.ts";
import { probeAsksAnOpenPort } from "../rules/contract/probe-asks-an-open-port.ts";
import { selectorFindsItsPods } from "../rules/contract/selector-finds-its-pods.ts";
import { serviceReachesItsPods } from "../rules/contract/service-reaches-its-pods.ts";
import { targetGroupBindingReachesItsPods } from "../rules/contract/target-group-binding-reaches-its-pods.ts";
import { targetGroupSendsWhereHostsListen } from "../rules/contract/target-group-sends-where-hosts-listen.ts";

/** Every rule, by area and name. */
export const rules: readonly AnyRule[] = [
  administrationIsNotPublic,
  defaultAclIsClosed,
  defaultGroupIsClosed,
  egressIsRestricted,
  egressReachesDeclaredNamesOnly,
  firewallDropsTheRest,
  hostsDoNotForward,
  interfaceHasGroupsOfItsOwn,
  mainTableLeadsNowhere,
  networkAclAdmitsNoAdministration,
  onlyDeclaredNamesAreAnswered,
  onlyEntrypointsArePublic,
  onlyLoadBalancersHavePublicAddresses,
  othersJoinByConsent,
  routesLeadWhereDeclared,
  rulesSayWhy,
  subnetsGiveNoPublicAddresses,
  trafficIsRecorded,
  certificateRenewsItself,
  clearTextOnlyRedirects,
  databaseRefusesClearText,
  entrypointSpeaksItsMinimumTls,
  hopsBehindAreEncrypted,
  httpsEntranceSendsHsts,
  loadBalancerDropsMalformedRequests,
  mutualTlsVerifies,
  noProtocolBelowTls12,
  privateAuthorityIsStrong,
  publicWebEntranceHasAWebAcl,
  resourcePolicyDeniesClearText,
  serviceSpeaksTls,
  sessionsAreForwardSecret,
  webAclStopsAttacks,
  accessPointIsOneFolder,
  bucketAccessIsRecorded,
  bucketForgetsInTime,
  bucketHasItsOwnKey,
  bucketIsClosed,
  bucketIsVersioned,
  dataHasItsOwnKey,
  dataRefusesDeletion,
  databaseOutlivesFaults,
  declaredBackupIsLocked,
  declaredSnapshotIsKept,
  imageInUseStays,
  keyIsKeptAndRenewed,
  keyMaterialHasItsOwnKey,
  lifecycleKeepsWhatIsPromised,
  lockHasTeeth,
  logIsKept,
  noSecretIsWrittenDown,
  offsiteBackupIsCopied,
  secretIsRenewedAndKept,
  serviceKeepsALog,
  trailRecordsEverything,
  vaultIsLocked,
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
  trustOfAccountsIsConditioned,
  trustOfPodsIsExact,
  trustOfServicesNamesSource,
  trustOfTokensIsExact,
  userOnlySendsMail,
  admissionPolicyDenies,
  apiVersionIsServed,
  autoscalerHasRoom,
  bindingIsNarrow,
  certificateIsRenewedInTime,
  clusterVersionIsSupported,
  containerCannotChangeItself,
  containerHasItsShare,
  containerHasNoPrivileges,
  containerImageIsPinned,
  containerIsProbed,
  containerRunsAsAUserOfItsOwn,
  diskIsEncrypted,
  ingressIsEncryptedAndPlain,
  jobComesToAnEnd,
  manifestHoldsNoSecret,
  namespaceEnforcesRestricted,
  namespaceIsBounded,
  nodeIsPrivateAndEncrypted,
  nodePoolIsBoundedAndRenewed,
  objectIsAtHome,
  podEndsInOrder,
  podHasARank,
  podHasAnAccountOfItsOwn,
  podHoldsNoStaticKey,
  podIsClosedByDefault,
  podListensWithTls,
  podSharesNothingWithItsNode,
  roleIsNarrow,
  serviceStaysInside,
  taskHasNoPrivileges,
  workloadIsSpread,
  workloadRollsWithoutLoss,
  workloadSurvivesANode,
  archiveOutlivesItsNeed,
  auditTrailIsFixed,
  backupRunsInTime,
  clusterControlIsMutualTls,
  databaseAccountIsNarrow,
  environmentIsForOneAccount,
  fileIsGuarded,
  firewallIsClosedAndWhole,
  hostCertificateIsRenewed,
  hostHoldsNoAuthority,
  hostKeepsItsBase,
  kernelIsHardened,
  logsLeaveOverTls,
  mariadbServesItsHost,
  metricsAreForPrometheus,
  mongodbAsksEverybody,
  nginxAnswersNothingInClear,
  nginxAsksForCertificates,
  nginxBelievesNamedProxiesOnly,
  nginxConfigurationIsReadable,
  nginxHasNoTraps,
  nginxLimitsRequests,
  nginxLogsNoSecrets,
  nginxOverwritesIdentityHeaders,
  nginxRefusesUnknownHosts,
  nginxSendsSecurityHeaders,
  nginxSpeaksModernTls,
  nginxVerifiesUpstreams,
  packagesAreSigned,
  postgresAdmitsKnownLogins,
  postgresLosesNothing,
  programChecksCertificates,
  purgeWaitsForBackup,
  redisKeepsWhatItHolds,
  redisKnowsItsCallers,
  redisSpeaksTlsOnly,
  revocationListIsFresh,
  serviceHoldsNoSecret,
  serviceIsConfined,
  serviceKeepsItsSettings,
  serviceListensWithTls,
  telemetrySpeaksTls,
  accountIsClosedByDefault,
  accountIsWatched,
  alarmTellsSomebody,
  declaredStackIsWhole,
  ignoredChangesHaveAReason,
  moduleIsPinned,
  nameSaysWhoseItIs,
  nothingRunsWhileApplying,
  planIsFresh,
  planTakesNoStateAway,
  providerIsBoundToItsAccount,
  resourceSaysWhoseItIs,
  stateIsLockedAndEncrypted,
  statefulResourceStays,
  versionsAreBounded,
  declaredFlowHasItsPortEverywhere,
  declaredPortIsServedByItsPods,
  entrypointLeadsToItsTarget,
  podFindsWhatItNames,
  podMountsDeclaredSecrets,
  probeAsksAnOpenPort,
  selectorFindsItsPods,
  serviceReachesItsPods,
  targetGroupBindingReachesItsPods,
  targetGroupSendsWhereHostsListen,
];
