{{/*
nginx.conf of an edge: between a load balancer and the components of a service.
Takes {root, name, component}. A request becomes /.edge/route/<class><path>, so that its class has a location of its own:
body limits and upstreams take no variables. What is judged, decoded and normalized, is what is handed on.
*/}}
{{- define "service.nginx.edge" -}}
{{- $edge := .component.edge -}}
{{ include "service.nginx.process" (dict "component" .component "workers" 2) }}

http {
    {{- include "service.nginx.http" (dict "headerBuffers" "4 20k") | nindent 4 }}

    {{- include "service.nginx.tls" $edge.minimumTls | nindent 4 }}
    ssl_session_cache shared:edge:1m;
    ssl_session_timeout 1h;
    {{- include "service.nginx.dollar" . | nindent 4 }}

    {{- include "service.nginx.edge.request-id" $edge | nindent 4 }}
    {{- if eq $edge.clientAddress "cloudfront-viewer-address" }}
    {{- include "service.nginx.edge.viewer" $edge | nindent 4 }}
    {{- end }}
    {{- include "service.nginx.edge.log" $edge | nindent 4 }}
    {{- include "service.nginx.edge.classes" $edge | nindent 4 }}
    {{- include "service.nginx.edge.limits" . | nindent 4 }}
    {{- include "service.nginx.edge.pause" $edge | nindent 4 }}
    {{- include "service.nginx.edge.upstreams" $edge | trim | nindent 4 }}

    server {
        {{- include "service.nginx.edge.server" . | nindent 8 }}
    }

    {{- include "service.nginx.edge.metrics" $edge | nindent 4 }}
}
{{ end -}}

{{/*
The server that the load balancer speaks to, under any host name: health checks have an address as theirs.
Takes {name, component}.
*/}}
{{- define "service.nginx.edge.server" -}}
{{- $edge := .component.edge -}}
listen {{ int $edge.port }} ssl default_server;
server_name {{ $edge.serverName }};
access_log /dev/stdout requests;
client_max_body_size {{ int64 $edge.bodyBytes }};
proxy_read_timeout {{ int $edge.timeoutSeconds }}s;
proxy_send_timeout {{ int $edge.timeoutSeconds }}s;
{{- if eq $edge.clientAddress "x-forwarded-for" }}
{{ include "service.nginx.edge.forwarded" $edge }}
{{- end }}
{{ include "service.nginx.edge.request-headers" $edge }}
{{ include "service.nginx.edge.response-headers" $edge }}
{{ include "service.nginx.edge.error-pages" $edge }}
rewrite ^(?!/\.edge/error/) /.edge/route/$route$uri last;
{{ include "service.nginx.edge.own-answers" $edge }}
{{- include "service.nginx.edge.routes" . }}
{{ include "service.nginx.edge.errors" $edge }}
{{- end -}}
