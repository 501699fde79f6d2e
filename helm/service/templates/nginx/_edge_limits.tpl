{{/*
Counters of the limits: requests and parallel connections of a client, by class; bodies that lie in scratch space, of all
clients, by largest size; who is admitted where not everybody is. Takes {name, component}.
*/}}
{{- define "service.nginx.edge.limits" -}}
{{- $edge := .component.edge -}}
{{- $client := include "service.nginx.edge.client" $edge -}}
limit_req_status 429;
limit_conn_status 429;
{{- range $edge.routes }}
limit_req_zone {{ $client }} zone=rate_{{ .class }}:1m rate={{ .rate }};
limit_conn_zone {{ $client }} zone=connections_{{ .class }}:1m;
{{- end }}
# What fits into its buffer does not count, nor does a request without a body.
map "$http_transfer_encoding:$content_length" $stored_body {
    default 1;
    "~^:[0-9]{0,4}\z" "";
}
{{- range $bytes, $_ := include "service.nginx.edge.places" . | fromJson }}
limit_conn_zone $stored_body zone=bodies_{{ $bytes }}:64k;
{{- end }}
{{- include "service.nginx.edge.audiences" $edge }}
{{- end -}}

{{/*
How many bodies of each largest size may wait in /tmp at a time, as JSON: nine tenths of it, shared evenly among the sizes;
65535 is the most that NGINX counts. Takes {name, component}. The kubelet evicts a pod that outgrows its scratch space,
with all requests it holds.
*/}}
{{- define "service.nginx.edge.places" -}}
{{- $size := index .component.scratch "/tmp" | default "0Mi" -}}
{{- $unit := get (dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824) (regexFind "[KMG]i$" $size) -}}
{{- $room := div (mul (regexFind "^[0-9]+" $size) $unit 9) 10 -}}
{{- $sizes := list -}}
{{- range .component.edge.routes }}{{ $sizes = append $sizes (int64 .bodyBytes) }}{{ end -}}
{{- $sizes = uniq $sizes -}}
{{- $places := dict -}}
{{- range $sizes -}}
  {{- $count := div $room (mul (len $sizes) .) -}}
  {{- if lt $count 1 -}}
    {{- fail (printf "components/%s/scratch//tmp: must be room for bodies of %d sizes, one of %d bytes, got %s" $.name (len $sizes) . $size) -}}
  {{- end -}}
  {{- $_ := set $places (toString .) (min $count 65535) -}}
{{- end -}}
{{- toJson $places -}}
{{- end -}}
