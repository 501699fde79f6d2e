{{/*
Containers of a pod, with their keys: the workload's own, with the TLS sidecar before it, the edge's exporter beside it, or
the upload after it. Takes a workload.
*/}}
{{- define "service.pod.containers" -}}
{{- $first := list -}}
{{- $main := list "own" -}}
{{- if .values.sidecar }}{{ $first = list "sidecar" }}{{ end -}}
{{- if .values.edge }}{{ $main = list "own" "exporter" }}{{ end -}}
{{- if .values.upload }}{{ $first = list "own" }}{{ $main = list "upload" }}{{ end -}}
{{- if $first -}}
initContainers:
  {{- range $first }}
  - {{ include (print "service.container." .) $ | indent 4 | trim }}
  {{- end }}
{{ end -}}
containers:
  {{- range $main }}
  - {{ include (print "service.container." .) $ | indent 4 | trim }}
  {{- end }}
{{- end -}}

{{/*
What no container may do; the same for all of them.
Takes nothing.
*/}}
{{- define "service.container.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop:
    - ALL
{{- end -}}

{{/*
Stops a container that gets requests only when nobody sends it any more: endpoints take some seconds to change everywhere.
Takes nothing. The action is the kubelet's own, images need no shell.
*/}}
{{- define "service.container.drain" -}}
preStop:
  sleep:
    seconds: 20
{{- end -}}
