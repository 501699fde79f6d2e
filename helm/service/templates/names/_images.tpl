{{/*
Image of NGINX, which is the edge, and the TLS sidecar of all that others reach.
A repository of the registry, as in the values.
*/}}
{{- define "service.images.proxy" -}}
platform/edge
{{- end -}}

{{/*
Colour whose digests a workload runs: its own; before a release those of the colour that changed last; else the live ones.
Takes a workload.
*/}}
{{- define "service.images.colour" -}}
{{- $release := .root.Values.release -}}
{{- if .colour }}{{ .colour }}{{ else if eq .phase "release" }}{{ $release.newest }}{{ else }}{{ $release.live }}{{ end }}
{{- end -}}

{{/*
Repositories of all containers of a workload, as a JSON list.
Takes a workload.
*/}}
{{- define "service.images.all" -}}
{{- $all := list .values.image -}}
{{- with .values.upload }}{{ $all = append $all .image }}{{ end -}}
{{- if .values.sidecar }}{{ $all = append $all (include "service.images.proxy" .) }}{{ end -}}
{{- uniq $all | toJson -}}
{{- end -}}

{{/*
An image by digest, never by tag: what was scanned and tested is what runs.
Takes {workload, image: repository in the registry}.
*/}}
{{- define "service.image" -}}
{{- $values := .workload.root.Values -}}
{{- $digest := index $values.release.images (include "service.images.colour" .workload) .image -}}
{{- printf "%s/%s@%s" $values.registry .image $digest -}}
{{- end -}}
