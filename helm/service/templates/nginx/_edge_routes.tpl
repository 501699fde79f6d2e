{{/*
A location for each class: who may use it, its limits, and the component behind it.
Takes {name, component}. Requests over a limit are refused at once, not slowed down.
*/}}
{{- define "service.nginx.edge.routes" -}}
{{- $edge := .component.edge -}}
{{- $places := include "service.nginx.edge.places" . | fromJson -}}
{{- range $edge.routes }}
{{- $bytes := toString (int64 .bodyBytes) }}
{{- $upstream := index $edge.upstreams .to }}
location ^~ /.edge/route/{{ .class }}/ {
    {{- if .from }}
    if ($admits_{{ include "service.nginx.variable" .class }} = 0) {
        return 404;
    }
    {{- end }}
    client_max_body_size {{ $bytes }};
    limit_req zone=rate_{{ .class }}{{ if .burst }} burst={{ int .burst }} nodelay{{ end }};
    limit_conn connections_{{ .class }} {{ int .connections }};
    limit_conn bodies_{{ $bytes }} {{ int (index $places $bytes) }};
    proxy_pass https://{{ .to }}/;
    proxy_ssl_name {{ $upstream.host }};
    {{- if $upstream.mutual }}
    proxy_ssl_certificate $certificate;
    proxy_ssl_certificate_key $certificate_key;
    {{- end }}
}
{{- end }}
{{- end -}}

{{/*
Components behind the edge, by the name of their Service. Connections live ten seconds: after that, and before a pod that
leaves stops (20 s), all requests go to whom the Service names by then, also at a switch of blue and green (MUN-5.6).
Takes the edge. Idle ones end sooner, before whoever is behind could end them.
*/}}
{{- define "service.nginx.edge.upstreams" -}}
{{- range $name, $upstream := .upstreams }}
upstream {{ $name }} {
    server {{ $upstream.host }}:{{ int $upstream.port }} max_fails=0;
    keepalive 32;
    keepalive_time 10s;
    keepalive_timeout 5s;
}
{{- end }}
proxy_ssl_verify on;
proxy_ssl_verify_depth 2;
proxy_ssl_trusted_certificate /etc/tls/ca.crt;
proxy_ssl_server_name on;
proxy_ssl_protocols TLSv1.2 TLSv1.3;
{{- end -}}
