// Generated from policies/rules/hosts. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { archiveOutlivesItsNeed } from "../../rules/hosts/archive-outlives-its-need.ts";
import { auditTrailIsFixed } from "../../rules/hosts/audit-trail-is-fixed.ts";
import { backupRunsInTime } from "../../rules/hosts/backup-runs-in-time.ts";
import { clusterControlIsMutualTls } from "../../rules/hosts/cluster-control-is-mutual-tls.ts";
import { databaseAccountIsNarrow } from "../../rules/hosts/database-account-is-narrow.ts";
import { environmentIsForOneAccount } from "../../rules/hosts/environment-is-for-one-account.ts";
import { fileIsGuarded } from "../../rules/hosts/file-is-guarded.ts";
import { firewallIsClosedAndWhole } from "../../rules/hosts/firewall-is-closed-and-whole.ts";
import { hostAdministrationIsNotPublic } from "../../rules/hosts/host-administration-is-not-public.ts";
import { hostCertificateIsRenewed } from "../../rules/hosts/host-certificate-is-renewed.ts";
import { hostCredentialsAreForNamedAccounts } from "../../rules/hosts/host-credentials-are-for-named-accounts.ts";
import { hostHoldsNoAuthority } from "../../rules/hosts/host-holds-no-authority.ts";
import { hostIsEnteredBySessionsAlone } from "../../rules/hosts/host-is-entered-by-sessions-alone.ts";
import { hostKeepsItsBase } from "../../rules/hosts/host-keeps-its-base.ts";
import { kernelIsHardened } from "../../rules/hosts/kernel-is-hardened.ts";
import { logsLeaveOverTls } from "../../rules/hosts/logs-leave-over-tls.ts";
import { mariadbServesItsHost } from "../../rules/hosts/mariadb-serves-its-host.ts";
import { metricsAreForPrometheus } from "../../rules/hosts/metrics-are-for-prometheus.ts";
import { mongodbAsksEverybody } from "../../rules/hosts/mongodb-asks-everybody.ts";
import { nginxAdmitsDeclaredCallers } from "../../rules/hosts/nginx-admits-declared-callers.ts";
import { nginxAnswersNothingInClear } from "../../rules/hosts/nginx-answers-nothing-in-clear.ts";
import { nginxAsksForCertificates } from "../../rules/hosts/nginx-asks-for-certificates.ts";
import { nginxBelievesNamedProxiesOnly } from "../../rules/hosts/nginx-believes-named-proxies-only.ts";
import { nginxConfigurationIsReadable } from "../../rules/hosts/nginx-configuration-is-readable.ts";
import { nginxHasNoTraps } from "../../rules/hosts/nginx-has-no-traps.ts";
import { nginxKeepsItsLog } from "../../rules/hosts/nginx-keeps-its-log.ts";
import { nginxLimitsRequests } from "../../rules/hosts/nginx-limits-requests.ts";
import { nginxLogsNoSecrets } from "../../rules/hosts/nginx-logs-no-secrets.ts";
import { nginxOverwritesIdentityHeaders } from "../../rules/hosts/nginx-overwrites-identity-headers.ts";
import { nginxRefusesUnknownHosts } from "../../rules/hosts/nginx-refuses-unknown-hosts.ts";
import { nginxSendsSecurityHeaders } from "../../rules/hosts/nginx-sends-security-headers.ts";
import { nginxSpeaksModernTls } from "../../rules/hosts/nginx-speaks-modern-tls.ts";
import { nginxVerifiesUpstreams } from "../../rules/hosts/nginx-verifies-upstreams.ts";
import { packagesAreSigned } from "../../rules/hosts/packages-are-signed.ts";
import { postgresAdmitsKnownLogins } from "../../rules/hosts/postgres-admits-known-logins.ts";
import { postgresLosesNothing } from "../../rules/hosts/postgres-loses-nothing.ts";
import { programCallsOthersByTls } from "../../rules/hosts/program-calls-others-by-tls.ts";
import { programChecksCertificates } from "../../rules/hosts/program-checks-certificates.ts";
import { programKeepsItsGuards } from "../../rules/hosts/program-keeps-its-guards.ts";
import { programStartsByItsUnit } from "../../rules/hosts/program-starts-by-its-unit.ts";
import { purgeWaitsForBackup } from "../../rules/hosts/purge-waits-for-backup.ts";
import { redisKeepsWhatItHolds } from "../../rules/hosts/redis-keeps-what-it-holds.ts";
import { redisKnowsItsCallers } from "../../rules/hosts/redis-knows-its-callers.ts";
import { redisSpeaksTlsOnly } from "../../rules/hosts/redis-speaks-tls-only.ts";
import { remoteMountIsEncrypted } from "../../rules/hosts/remote-mount-is-encrypted.ts";
import { revocationListIsFresh } from "../../rules/hosts/revocation-list-is-fresh.ts";
import { serviceComesBack } from "../../rules/hosts/service-comes-back.ts";
import { serviceHoldsNoSecret } from "../../rules/hosts/service-holds-no-secret.ts";
import { serviceIsConfined } from "../../rules/hosts/service-is-confined.ts";
import { serviceKeepsItsSettings } from "../../rules/hosts/service-keeps-its-settings.ts";
import { serviceListensWithTls } from "../../rules/hosts/service-listens-with-tls.ts";
import { telemetrySpeaksTls } from "../../rules/hosts/telemetry-speaks-tls.ts";
import { unitFindsItsFiles } from "../../rules/hosts/unit-finds-its-files.ts";

/** Every rule of hosts, by name. */
export const rules: readonly AnyRule[] = [
  archiveOutlivesItsNeed,
  auditTrailIsFixed,
  backupRunsInTime,
  clusterControlIsMutualTls,
  databaseAccountIsNarrow,
  environmentIsForOneAccount,
  fileIsGuarded,
  firewallIsClosedAndWhole,
  hostAdministrationIsNotPublic,
  hostCertificateIsRenewed,
  hostCredentialsAreForNamedAccounts,
  hostHoldsNoAuthority,
  hostIsEnteredBySessionsAlone,
  hostKeepsItsBase,
  kernelIsHardened,
  logsLeaveOverTls,
  mariadbServesItsHost,
  metricsAreForPrometheus,
  mongodbAsksEverybody,
  nginxAdmitsDeclaredCallers,
  nginxAnswersNothingInClear,
  nginxAsksForCertificates,
  nginxBelievesNamedProxiesOnly,
  nginxConfigurationIsReadable,
  nginxHasNoTraps,
  nginxKeepsItsLog,
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
  programCallsOthersByTls,
  programChecksCertificates,
  programKeepsItsGuards,
  programStartsByItsUnit,
  purgeWaitsForBackup,
  redisKeepsWhatItHolds,
  redisKnowsItsCallers,
  redisSpeaksTlsOnly,
  remoteMountIsEncrypted,
  revocationListIsFresh,
  serviceComesBack,
  serviceHoldsNoSecret,
  serviceIsConfined,
  serviceKeepsItsSettings,
  serviceListensWithTls,
  telemetrySpeaksTls,
  unitFindsItsFiles,
];
