import { loki, observability, prometheus } from "../../observability.ts";
import { clusterListeners, endpoints, linkLocal } from "../../platform.ts";
import { link, partyOf, type ResolvedFlow, seenFrom } from "./flow.ts";

const platform = { name: "platform" } as const;
const party = "cluster";

/**
 * What the cluster itself needs, of whichever services run on it: its add-ons get names, images, credentials and
 * certificates, ask its API and answer it; Prometheus asks the API which pods there are. Control plane and add-ons'
 * nodes are one party, for EKS puts them into one security group.
 */
export const clusterFlows: readonly ResolvedFlow[] = [
  link(platform, party, linkLocal.resolverUdp.listener, "names", "platform"),
  link(platform, party, linkLocal.resolverTcp.listener, "long answers", "platform"),
  link(platform, party, linkLocal.time.listener, "time, for tokens and certificates (ALC-1.5)", "platform"),
  link(platform, party, linkLocal.hostIdentity.listener, "credentials of the role of nodes", "platform"),
  link(platform, party, linkLocal.podIdentity.listener, "credentials for roles of add-ons", "platform"),
  link(platform, party, endpoints.identity, "credentials for roles of add-ons", "platform"),
  link(platform, party, endpoints.registry, "images of add-ons", "platform"),
  link(platform, party, endpoints.storage, "layers of images", "platform"),
  link(
    platform,
    party,
    endpoints.certificates,
    "certificates of pods from the private authority (MUN-2.3)",
    "platform",
  ),
  link(platform, party, endpoints.tokens, "the connector to the authority asks who it is", "platform"),
  link(platform, party, clusterListeners.api, "nodes and add-ons ask the API", "platform"),
  link(platform, party, clusterListeners.kubelet, "kubelets, and the webhook that admits certificates", "platform"),
  link(platform, party, clusterListeners.metrics, "the API asks the metrics server", "platform"),
  link(platform, party, seenFrom(observability, loki.listens.push), "logs of add-ons (TKT-4.14)", "platform"),
  link(
    platform,
    partyOf(observability, prometheus.name),
    clusterListeners.api,
    "finds the pods to scrape; carries sessions of whoever operates the cluster",
    "platform",
  ),
];
