{{/*
Makes EKS Auto Mode obey network policies: without it they are accepted, and nothing is refused.
Takes the root. Source: EKS user guide, network policies with Auto Mode.
*/}}
{{- define "cluster.class.networkPolicySwitch" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: amazon-vpc-cni
  namespace: kube-system
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "amazon-vpc-cni") | nindent 4 }}
  annotations:
    helm.sh/resource-policy: keep
data:
  enable-network-policy-controller: "true"
{{- end -}}
