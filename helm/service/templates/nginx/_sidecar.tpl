{{/*
nginx.conf of a sidecar: TLS before the ports of one pod, which itself listens on loopback.
Takes {root, name, component}. `stream` stands only where something else than HTTP is spoken.
*/}}
{{- define "service.nginx.sidecar" -}}
{{- $http := dict -}}
{{- $tcp := dict -}}
{{- range $listener, $server := .component.sidecar -}}
{{- $_ := set (ternary $tcp $http (eq $server.speaks "tcp")) $listener $server -}}
{{- end -}}
{{ include "service.nginx.process" (dict "component" .component "workers" 1) }}
{{- if $http }}

http {
    {{- include "service.nginx.http" (dict "headerBuffers" "6 32k") | nindent 4 }}

    {{- include "service.nginx.tls" "1.2" | nindent 4 }}
    {{- include "service.nginx.sidecar.log" . | nindent 4 }}
    {{- range $listener, $server := $http }}
    {{- include "service.nginx.sidecar.http" (dict "listener" $listener "server" $server) | nindent 4 }}
    {{- end }}
}
{{- end }}
{{- if $tcp }}

stream {
    {{- include "service.nginx.tls" "1.2" | nindent 4 }}
    {{- range $listener, $server := $tcp }}
    {{- include "service.nginx.sidecar.tcp" (dict "listener" $listener "server" $server) | nindent 4 }}
    {{- end }}
}
{{- end }}
{{ end -}}

{{/*
Whose certificate is asked for, and which subjects may call: the common name and nothing else, compared as a whole.
Takes {listener, server with clients, admitted, refused: what a client of either kind gets}.
*/}}
{{- define "service.nginx.sidecar.clients" -}}
map $ssl_client_s_dn $caller_{{ include "service.nginx.variable" .listener }} {
    default {{ .refused }};
    {{- range .server.clients }}
    "~^CN={{ include "service.nginx.literal" . }}\z" {{ $.admitted }};
    {{- end }}
}
{{- end -}}

{{/*
The check of a certificate, inside a server.
Takes a server of a sidecar.
*/}}
{{- define "service.nginx.sidecar.verify" -}}
{{- if hasKey . "clients" -}}
ssl_verify_client on;
ssl_verify_depth 2;
ssl_client_certificate /etc/tls/ca.crt;
{{- end -}}
{{- end -}}
