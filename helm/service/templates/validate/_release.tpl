{{/*
Faults of where the release goes: Pod Identity, network policies and names of hosts know the service by its namespace.
Takes the root.
*/}}
{{- define "service.validate.release" -}}
{{- $rule := printf "%s, the service of these values" .Values.service -}}
{{- if ne .Release.Name .Values.service }}
  {{- include "service.fault" (dict "path" "name of the release" "rule" $rule "got" .Release.Name) -}}
{{- end -}}
{{- if ne .Release.Namespace .Values.service }}
  {{- include "service.fault" (dict "path" "namespace" "rule" $rule "got" .Release.Namespace) -}}
{{- end -}}
{{- end -}}

{{/*
Faults of the release's images: whatever runs in a colour needs a digest there.
Takes the root.
*/}}
{{- define "service.validate.images" -}}
{{- $release := .Values.release -}}
{{- range $path, $workload := include "service.workloads" . | fromJson -}}
  {{- $_ := set $workload "root" $ -}}
  {{- $colours := list (include "service.images.colour" $workload) -}}
  {{- if eq ($workload.values.deploy | default "") "blue-green" }}{{ $colours = list "blue" "green" }}{{ end -}}
  {{- range $colour := $colours -}}
    {{- $known := index $release.images $colour -}}
    {{- range $image := include "service.images.all" $workload | fromJsonArray -}}
      {{- if not (hasKey $known $image) -}}
        {{- $rule := printf "the digest of an image that %s runs (known here: %s)" $path (keys $known | sortAlpha | join ", ") -}}
        {{- include "service.fault" (dict "path" (printf "release/images/%s/%s" $colour $image) "rule" $rule) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
