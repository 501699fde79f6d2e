{{/*
NetworkPolicy of a workload, both colours alike: what it may be asked by and may ask, and nothing else.
Takes a workload without colour. The namespace denies all by default (chart `cluster`).
*/}}
{{- define "service.class.networkPolicy" }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "service.labels.selector" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    {{- toYaml .values.network.ingress | nindent 4 }}
  egress:
    {{- toYaml .values.network.egress | nindent 4 }}
{{- end -}}
