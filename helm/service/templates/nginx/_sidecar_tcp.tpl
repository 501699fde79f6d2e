{{/*
A port of a sidecar that speaks something else than HTTP. Whoever may not call is led to a server that is always down:
`stream` refuses by address alone. Takes {listener, server}.
*/}}
{{- define "service.nginx.sidecar.tcp" -}}
{{- $variable := include "service.nginx.variable" .listener -}}
{{- $upstream := printf "127.0.0.1:%d" (int .server.upstream) -}}
{{- if hasKey .server "clients" }}
{{- include "service.nginx.sidecar.clients" (dict "listener" .listener "server" .server "admitted" $upstream "refused" (print "refused_" $variable)) }}
upstream refused_{{ $variable }} {
    server 127.0.0.1:1 down;
}
{{ end -}}
server {
    listen {{ int .server.port }} ssl;
    {{- with include "service.nginx.sidecar.verify" .server }}
    {{- . | nindent 4 }}
    {{- end }}
    ssl_handshake_timeout 10s;
    proxy_connect_timeout 3s;
    proxy_timeout {{ int .server.timeoutSeconds }}s;
    proxy_pass {{ ternary (print "$caller_" $variable) $upstream (hasKey .server "clients") }};
}
{{- end -}}
