{{/*
ConfigMap of a workload: nothing secret.
Takes {workload, suffix: end of its name, data: content by key}.
*/}}
{{- define "service.class.configMap" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service.metadata" (dict "workload" .workload "name" (printf "%s-%s" .workload.name .suffix)) | nindent 2 }}
data:
  {{- toYaml .data | nindent 2 }}
{{- end -}}
