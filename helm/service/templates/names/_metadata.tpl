{{/*
Metadata of an object of a workload. What a job before a release needs is a hook like the job itself, of lower weight:
hooks run before all else is there. Takes {workload, name, annotations, weight: of a hook, -1 unless given}.
*/}}
{{- define "service.metadata" -}}
{{- $annotations := deepCopy (.annotations | default dict) -}}
{{- if eq .workload.phase "release" -}}
  {{- $weight := -1 -}}
  {{- if hasKey . "weight" }}{{ $weight = int .weight }}{{ end -}}
  {{- $_ := set $annotations "helm.sh/hook" "pre-install,pre-upgrade" -}}
  {{- $_ := set $annotations "helm.sh/hook-weight" (toString $weight) -}}
  {{- $_ := set $annotations "helm.sh/hook-delete-policy" "before-hook-creation" -}}
{{- end -}}
name: {{ .name }}
namespace: {{ .workload.root.Release.Namespace }}
labels:
  {{- include "service.labels" .workload | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
