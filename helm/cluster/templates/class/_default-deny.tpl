{{/*
Nothing comes in and nothing goes out, but what a NetworkPolicy of a workload adds.
Takes {root, name: the namespace}.
*/}}
{{- define "cluster.class.defaultDeny" }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
{{- end -}}
