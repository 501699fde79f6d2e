// Generated from policies/rules/cluster. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { admissionPolicyDenies } from "../../rules/cluster/admission-policy-denies.ts";
import { admissionPolicyJudgesAll } from "../../rules/cluster/admission-policy-judges-all.ts";
import { apiVersionIsServed } from "../../rules/cluster/api-version-is-served.ts";
import { autoscalerHasRoom } from "../../rules/cluster/autoscaler-has-room.ts";
import { bindingIsNarrow } from "../../rules/cluster/binding-is-narrow.ts";
import { certificateComesFromAKnownAuthority } from "../../rules/cluster/certificate-comes-from-a-known-authority.ts";
import { certificateIsRenewedInTime } from "../../rules/cluster/certificate-is-renewed-in-time.ts";
import { certificateNamesItsOwnPods } from "../../rules/cluster/certificate-names-its-own-pods.ts";
import { clusterObjectIsShown } from "../../rules/cluster/cluster-object-is-shown.ts";
import { clusterVersionIsSupported } from "../../rules/cluster/cluster-version-is-supported.ts";
import { containerCannotChangeItself } from "../../rules/cluster/container-cannot-change-itself.ts";
import { containerHasItsShare } from "../../rules/cluster/container-has-its-share.ts";
import { containerHasNoPrivileges } from "../../rules/cluster/container-has-no-privileges.ts";
import { containerImageIsPinned } from "../../rules/cluster/container-image-is-pinned.ts";
import { containerIsProbed } from "../../rules/cluster/container-is-probed.ts";
import { containerRunsAsAUserOfItsOwn } from "../../rules/cluster/container-runs-as-a-user-of-its-own.ts";
import { diskIsEncrypted } from "../../rules/cluster/disk-is-encrypted.ts";
import { ingressIsEncryptedAndPlain } from "../../rules/cluster/ingress-is-encrypted-and-plain.ts";
import { jobComesToAnEnd } from "../../rules/cluster/job-comes-to-an-end.ts";
import { manifestHoldsNoSecret } from "../../rules/cluster/manifest-holds-no-secret.ts";
import { namespaceEnforcesRestricted } from "../../rules/cluster/namespace-enforces-restricted.ts";
import { namespaceIsBounded } from "../../rules/cluster/namespace-is-bounded.ts";
import { namespaceKeepsItsLevel } from "../../rules/cluster/namespace-keeps-its-level.ts";
import { networkPolicyIsHeld } from "../../rules/cluster/network-policy-is-held.ts";
import { networkPolicyNamesItsPeers } from "../../rules/cluster/network-policy-names-its-peers.ts";
import { nodeIsPrivateAndEncrypted } from "../../rules/cluster/node-is-private-and-encrypted.ts";
import { nodePoolIsBoundedAndRenewed } from "../../rules/cluster/node-pool-is-bounded-and-renewed.ts";
import { nodesHoldNetworkPolicies } from "../../rules/cluster/nodes-hold-network-policies.ts";
import { objectIsAtHome } from "../../rules/cluster/object-is-at-home.ts";
import { objectIsOfAJudgedKind } from "../../rules/cluster/object-is-of-a-judged-kind.ts";
import { podBackupRunsInTime } from "../../rules/cluster/pod-backup-runs-in-time.ts";
import { podCallsOthersByTls } from "../../rules/cluster/pod-calls-others-by-tls.ts";
import { podChecksCertificates } from "../../rules/cluster/pod-checks-certificates.ts";
import { podEndsInOrder } from "../../rules/cluster/pod-ends-in-order.ts";
import { podFollowsItsCluster } from "../../rules/cluster/pod-follows-its-cluster.ts";
import { podHasARank } from "../../rules/cluster/pod-has-a-rank.ts";
import { podHasAnAccountOfItsOwn } from "../../rules/cluster/pod-has-an-account-of-its-own.ts";
import { podHoldsNoStaticKey } from "../../rules/cluster/pod-holds-no-static-key.ts";
import { podIsClosedByDefault } from "../../rules/cluster/pod-is-closed-by-default.ts";
import { podKeepsItsGuards } from "../../rules/cluster/pod-keeps-its-guards.ts";
import { podListensWithTls } from "../../rules/cluster/pod-listens-with-tls.ts";
import { podSharesNothingWithItsNode } from "../../rules/cluster/pod-shares-nothing-with-its-node.ts";
import { roleIsNarrow } from "../../rules/cluster/role-is-narrow.ts";
import { serviceStaysInside } from "../../rules/cluster/service-stays-inside.ts";
import { taskHasNoPrivileges } from "../../rules/cluster/task-has-no-privileges.ts";
import { workloadIsSpread } from "../../rules/cluster/workload-is-spread.ts";
import { workloadRollsWithoutLoss } from "../../rules/cluster/workload-rolls-without-loss.ts";
import { workloadSurvivesANode } from "../../rules/cluster/workload-survives-a-node.ts";

/** Every rule of cluster, by name. */
export const rules: readonly AnyRule[] = [
  admissionPolicyDenies,
  admissionPolicyJudgesAll,
  apiVersionIsServed,
  autoscalerHasRoom,
  bindingIsNarrow,
  certificateComesFromAKnownAuthority,
  certificateIsRenewedInTime,
  certificateNamesItsOwnPods,
  clusterObjectIsShown,
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
  namespaceKeepsItsLevel,
  networkPolicyIsHeld,
  networkPolicyNamesItsPeers,
  nodeIsPrivateAndEncrypted,
  nodePoolIsBoundedAndRenewed,
  nodesHoldNetworkPolicies,
  objectIsAtHome,
  objectIsOfAJudgedKind,
  podBackupRunsInTime,
  podCallsOthersByTls,
  podChecksCertificates,
  podEndsInOrder,
  podFollowsItsCluster,
  podHasARank,
  podHasAnAccountOfItsOwn,
  podHoldsNoStaticKey,
  podIsClosedByDefault,
  podKeepsItsGuards,
  podListensWithTls,
  podSharesNothingWithItsNode,
  roleIsNarrow,
  serviceStaysInside,
  taskHasNoPrivileges,
  workloadIsSpread,
  workloadRollsWithoutLoss,
  workloadSurvivesANode,
];
