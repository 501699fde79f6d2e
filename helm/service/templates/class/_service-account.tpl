{{/*
ServiceAccount of a workload: the name that its role at AWS is bound to by Pod Identity.
Takes a workload. No pod gets its token: none talks to the Kubernetes API.
*/}}
{{- define "service.class.serviceAccount" }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
