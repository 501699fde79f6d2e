import type { types } from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

/**
 * Kubernetes' own types, as plain data: a misspelt field of a probe or of a policy's peer does not compile.
 * Where `@pulumi/pulumi` does not resolve they would silently be `any`: test/helm/kubernetes-types.test.ts.
 */
export type Probe = Unwrap<types.input.core.v1.Probe>;
export type ResourceRequirements = Unwrap<types.input.core.v1.ResourceRequirements>;
export type ResourceQuotaSpec = Unwrap<types.input.core.v1.ResourceQuotaSpec>;
export type LimitRangeItem = Unwrap<types.input.core.v1.LimitRangeItem>;
export type NetworkPolicyIngressRule = Unwrap<types.input.networking.v1.NetworkPolicyIngressRule>;
export type NetworkPolicyEgressRule = Unwrap<types.input.networking.v1.NetworkPolicyEgressRule>;
export type NetworkPolicyPeer = Unwrap<types.input.networking.v1.NetworkPolicyPeer>;
export type NetworkPolicyPort = Unwrap<types.input.networking.v1.NetworkPolicyPort>;
