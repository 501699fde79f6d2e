{{/*
Name of what a workload's Deployment is called: its own, or with its colour. Takes a workload:
{root, name, kind: component|job, values, phase: run|release, colour}, which all templates of this chart hand on.
*/}}
{{- define "service.fullname" -}}
{{- if .colour }}{{ printf "%s-%s" .name .colour }}{{ else }}{{ .name }}{{ end }}
{{- end -}}

{{/*
Labels that select the pods of a workload, of one colour where it has one. A Deployment's selector can never change:
these are a contract, and no version stands among them.
*/}}
{{- define "service.labels.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: {{ .root.Values.service }}
{{- with .colour }}
platform.example.org/colour: {{ . }}
{{- end }}
{{- end -}}

{{/*
All labels of a workload's objects and pods: who owns it and how bad a leak would be (MUN-6.3) travel with its logs.
Takes a workload.
*/}}
{{- define "service.labels" -}}
{{- include "service.labels.selector" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
platform.example.org/environment: {{ .root.Values.environment }}
platform.example.org/owner: {{ .root.Values.owner }}
platform.example.org/data: {{ .root.Values.data }}
{{- end -}}
