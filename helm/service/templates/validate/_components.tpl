{{/*
Faults of components: how many there are, what stands before them, and where their probes ask.
Takes the root.
*/}}
{{- define "service.validate.components" -}}
{{- range $name, $component := .Values.components -}}
  {{- $path := print "components/" $name -}}
  {{- $replicas := $component.replicas -}}
  {{- if lt (int $replicas.max) (int $replicas.min) -}}
    {{- include "service.fault" (dict "path" (print $path "/replicas/max") "rule" (printf "at least min (%d)" (int $replicas.min)) "got" (int $replicas.max)) -}}
  {{- end -}}
  {{- if and (eq $component.deploy "singleton") (gt (int $replicas.max) 1) -}}
    {{- include "service.fault" (dict "path" (print $path "/replicas/max") "rule" "1, for a second one would do harm" "got" (int $replicas.max)) -}}
  {{- end -}}
  {{- if and (eq $component.deploy "blue-green") (not $component.ports) -}}
    {{- include "service.fault" (dict "path" (print $path "/deploy") "rule" "rolling or singleton where nothing listens: there is nothing to switch" "got" $component.deploy) -}}
  {{- end -}}
  {{- $usages := list -}}
  {{- with $component.certificate }}{{ $usages = .usages }}{{ end -}}
  {{- if and (or $component.sidecar $component.edge) (not (has "server auth" $usages)) -}}
    {{- include "service.fault" (dict "path" (print $path "/certificate") "rule" "there with the usage server auth, for NGINX ends TLS" "got" (join ", " $usages)) -}}
  {{- end -}}
  {{- range $kind, $probe := $component.probes -}}
    {{- include "service.validate.probe" (dict "path" (printf "%s/probes/%s" $path $kind) "probe" $probe "component" $component) -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Faults of a probe: the kubelet reaches ports of the pod's address only, and shows no certificate.
Takes {path, probe, component}.
*/}}
{{- define "service.validate.probe" -}}
{{- $ports := list -}}
{{- $closed := list -}}
{{- range .component.ports }}{{ $ports = append $ports (int .) }}{{ end -}}
{{- range .component.sidecar -}}
  {{- $ports = append $ports (int .port) -}}
  {{- if .clients }}{{ $closed = append $closed (int .port) }}{{ end -}}
{{- end -}}
{{- $known := list -}}
{{- range $ports | uniq }}{{ $known = append $known (printf "%05d" .) }}{{ end -}}
{{- $allowed := list -}}
{{- range $known | sortAlpha }}{{ $allowed = append $allowed (atoi .) }}{{ end -}}
{{- range $kind := list "httpGet" "tcpSocket" -}}
  {{- with index $.probe $kind -}}
    {{- $path := printf "%s/%s/port" $.path $kind -}}
    {{- if not (has (int .port) $ports) -}}
      {{- include "service.fault" (dict "path" $path "rule" (printf "a port of the component or its sidecar (%s)" (join ", " $allowed)) "got" (int .port)) -}}
    {{- else if and (eq $kind "httpGet") (has (int .port) $closed) -}}
      {{- include "service.fault" (dict "path" $path "rule" "a port that asks for no client certificate: the kubelet has none" "got" (int .port)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
