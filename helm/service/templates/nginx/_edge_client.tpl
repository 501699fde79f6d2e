{{/*
The client's address after X-Forwarded-For, inside a server: its last entry, which the load balancer wrote; those before it
are hearsay. Believed from the load balancer alone. Takes the edge.
*/}}
{{- define "service.nginx.edge.forwarded" -}}
{{- range .trustedProxies -}}
set_real_ip_from {{ . }};
{{ end -}}
real_ip_header X-Forwarded-For;
real_ip_recursive off;
{{- end -}}

{{/*
The client's address after CloudFront-Viewer-Address, which CloudFront overwrites: `address:port`, IPv6 with brackets or
without. Believed from the load balancer alone; without it, the peer's own. Takes the edge.
*/}}
{{- define "service.nginx.edge.viewer" -}}
geo $proxied {
    default 0;
    {{- range .trustedProxies }}
    {{ . }} 1;
    {{- end }}
}
map "$proxied $http_cloudfront_viewer_address" $viewer_address {
    default $remote_addr;
    "~^1 \[?(?<viewer>[0-9A-Fa-f.:]+)\]?:[0-9]{1,5}\z" $viewer;
}
{{- end -}}

{{/*
Name of the variable with the client's address.
Takes the edge.
*/}}
{{- define "service.nginx.edge.client" -}}
{{- if eq .clientAddress "cloudfront-viewer-address" }}$viewer_address{{ else }}$remote_addr{{ end -}}
{{- end -}}

{{/*
Who may use routes that are not for everybody: a variable for each, 1 for addresses in its ranges.
Takes the edge.
*/}}
{{- define "service.nginx.edge.audiences" -}}
{{- $client := include "service.nginx.edge.client" . -}}
{{- range .routes }}
{{- if .from }}
geo {{ $client }} $admits_{{ include "service.nginx.variable" .class }} {
    default 0;
    {{- range .from }}
    {{ . }} 1;
    {{- end }}
}
{{- end }}
{{- end }}
{{- end -}}
