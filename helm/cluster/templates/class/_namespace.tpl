{{/*
Namespace: what its pods may be, who owns them, how bad a leak would be (MUN-6.3). Helm never deletes it with its content.
Takes {root, name, service: values of a service or none, podSecurity}.
*/}}
{{- define "cluster.class.namespace" }}
---
apiVersion: v1
kind: Namespace
metadata:
  name: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
    {{- range $mode := list "enforce" "audit" "warn" }}
    pod-security.kubernetes.io/{{ $mode }}: {{ $.podSecurity }}
    pod-security.kubernetes.io/{{ $mode }}-version: v{{ $.root.Values.kubernetesVersion }}
    {{- end }}
    {{- with .service }}
    platform.example.org/code: {{ .code }}
    platform.example.org/owner: {{ .owner }}
    platform.example.org/data: {{ .data }}
    # A new pod counts as ready once the load balancer finds it healthy. The name that Auto Mode was seen to know; where it
    # did not, the edge's minReadySeconds would hold alone.
    eks.amazonaws.com/pod-readiness-gate-inject: enabled
    {{- end }}
  annotations:
    helm.sh/resource-policy: keep
{{- end -}}
