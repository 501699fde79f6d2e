{{/*
PodDisruptionBudget: one pod at a time leaves its node, and a broken one never holds a node back.
Takes a workload of two replicas or more: with one, a budget would only keep its node from being renewed.
*/}}
{{- define "service.class.podDisruptionBudget" }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "service.metadata" (dict "workload" . "name" (include "service.fullname" .)) | nindent 2 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "service.labels.selector" . | nindent 6 }}
{{- end -}}
