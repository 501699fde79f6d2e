{{/*
Faults of a deployment with placeholders: zeros stand for digests and ARNs where manifests are only looked at. Whoever
renders for a cluster can look its namespaces up; `helm template` cannot. Takes the root.
*/}}
{{- define "service.validate.placeholders" -}}
{{- if lookup "v1" "Namespace" "" "kube-system" -}}
  {{- $rule := "real, not a placeholder of zeros, where this is deployed" -}}
  {{- range $colour, $images := .Values.release.images -}}
    {{- range $image, $digest := $images -}}
      {{- if regexMatch "^sha256:0+$" $digest -}}
        {{- include "service.fault" (dict "path" (printf "release/images/%s/%s" $colour $image) "rule" $rule "got" $digest) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- range $overlay := list "targetGroupArns" "administratorSecretArns" -}}
    {{- range $name, $arn := index $.Values $overlay -}}
      {{- if regexMatch "(/0{16}|-0{12}-0{6})$" $arn -}}
        {{- include "service.fault" (dict "path" (printf "%s/%s" $overlay $name) "rule" $rule "got" $arn) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
