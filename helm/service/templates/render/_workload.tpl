{{/*
What every workload has beside its pods: identity, configuration, secrets, certificate, network.
Takes a workload without colour: both colours share these.
*/}}
{{- define "service.render.workload" -}}
{{- include "service.class.serviceAccount" . }}
{{- include "service.render.configMaps" . }}
{{- if .values.secrets }}{{ include "service.class.secretProviderClass" . }}{{ end }}
{{- if .values.certificate }}{{ include "service.class.certificate" . }}{{ end }}
{{- include "service.class.networkPolicy" . }}
{{- end -}}

{{/*
ConfigMaps of a workload: variables in the clear, NGINX's configuration, authorities of managed databases.
Takes a workload without colour. Each has its own, for those of a job before a release are hooks.
*/}}
{{- define "service.render.configMaps" -}}
{{- range $suffix, $data := include "service.configuration" . | fromJson }}
{{- include "service.class.configMap" (dict "workload" $ "suffix" $suffix "data" $data) }}
{{- end }}
{{- end -}}

{{/*
Content of a workload's ConfigMaps by the end of their names, as JSON; also what the checksum in its pods is made of.
Takes a workload.
*/}}
{{- define "service.configuration" -}}
{{- $arguments := dict "root" .root "name" .name "component" .values -}}
{{- $all := dict -}}
{{- with .values.env }}{{ $_ := set $all "env" . }}{{ end -}}
{{- with .values.upload }}{{ with .env }}{{ $_ := set $all "upload-env" . }}{{ end }}{{ end -}}
{{- if .values.edge }}{{ $_ := set $all "nginx" (dict "nginx.conf" (include "service.nginx.edge" $arguments)) }}{{ end -}}
{{- if .values.sidecar }}{{ $_ := set $all "nginx" (dict "nginx.conf" (include "service.nginx.sidecar" $arguments)) }}{{ end -}}
{{- if .values.trustsDatabases -}}
  {{- $_ := set $all "database-authorities" (dict "global-bundle.pem" .root.Values.databaseAuthorities) -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}
