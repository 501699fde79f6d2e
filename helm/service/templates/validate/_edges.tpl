{{/*
Faults of NGINX: the edge's ports are those of its Service and its routes lead somewhere; a sidecar takes no port twice.
Takes the root.
*/}}
{{- define "service.validate.edges" -}}
{{- range $name, $component := .Values.components -}}
  {{- $path := print "components/" $name -}}
  {{- if and $component.edge $component.sidecar -}}
    {{- include "service.fault" (dict "path" (print $path "/sidecar") "rule" "absent: the edge is NGINX itself" "got" "one") -}}
  {{- end -}}
  {{- $ports := list -}}
  {{- range $component.ports }}{{ $ports = append $ports (int .) }}{{ end -}}
  {{- with $component.edge -}}
    {{- if not (hasKey $component.scratch "/tmp") -}}
      {{- include "service.fault" (dict "path" (print $path "/scratch") "rule" "a map with /tmp, where NGINX keeps bodies that wait" "got" (keys $component.scratch | sortAlpha | join ", ")) -}}
    {{- end -}}
    {{- range $field := list "port" "metricsPort" -}}
      {{- $port := int (index $component.edge $field) -}}
      {{- if not (has $port $ports) -}}
        {{- include "service.fault" (dict "path" (printf "%s/edge/%s" $path $field) "rule" (printf "a port of the component (%s)" (join ", " $ports)) "got" $port) -}}
      {{- end -}}
    {{- end -}}
    {{- $upstreams := keys .upstreams | sortAlpha -}}
    {{- range $index, $route := .routes -}}
      {{- if not (has $route.to $upstreams) -}}
        {{- include "service.fault" (dict "path" (printf "%s/edge/routes/%d/to" $path $index) "rule" (printf "an upstream (%s)" (join ", " $upstreams)) "got" $route.to) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- $taken := dict -}}
  {{- range $listener, $server := $component.sidecar -}}
    {{- range $field := list "port" "upstream" -}}
      {{- $port := toString (int (index $server $field)) -}}
      {{- if hasKey $taken $port -}}
        {{- include "service.fault" (dict "path" (printf "%s/sidecar/%s/%s" $path $listener $field) "rule" (printf "another port than that of %s: both would listen on it" (index $taken $port)) "got" $port) -}}
      {{- end -}}
      {{- if eq $field "port" }}{{ $_ := set $taken $port $listener }}{{ end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
