{{/*
Labels of an object of this chart.
Takes {root, name: what it is for; a service, or a part of the platform}.
*/}}
{{- define "cluster.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: platform
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
platform.example.org/environment: {{ .root.Values.environment }}
{{- end -}}

{{/*
Namespace, service account and node agent that takes logs to Loki.
A name that cluster-wide rules repeat.
*/}}
{{- define "cluster.names.logShipper" -}}
log-shipper
{{- end -}}

{{/*
Labels that select the pods of the log shipper. A DaemonSet's selector can never change.
Takes nothing.
*/}}
{{- define "cluster.labels.logShipper" -}}
app.kubernetes.io/name: {{ include "cluster.names.logShipper" . }}
app.kubernetes.io/part-of: platform
{{- end -}}
