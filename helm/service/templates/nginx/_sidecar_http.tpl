{{/*
An HTTP port of a sidecar. Requests go on as they came: credentials, host, body as it arrives.
Takes {listener, server}.
*/}}
{{- define "service.nginx.sidecar.http" -}}
{{- $variable := include "service.nginx.variable" .listener -}}
{{- if hasKey .server "clients" }}
{{- include "service.nginx.sidecar.clients" (dict "listener" .listener "server" .server "admitted" 1 "refused" 0) }}
{{ end -}}
map $uri $serves_{{ $variable }} {
    default {{ ternary 0 1 (hasKey .server "only") }};
    {{- with .server.hidden }}
    "~*^{{ include "service.nginx.paths" . }}" 0;
    {{- end }}
    {{- with .server.only }}
    "~^{{ include "service.nginx.paths" . }}" 1;
    {{- end }}
}
server {
    listen {{ int .server.port }} ssl;
    access_log /dev/stdout refused if=$noteworthy;
    {{- with include "service.nginx.sidecar.verify" .server }}
    {{- . | nindent 4 }}
    if ($caller_{{ $variable }} = 0) {
        return 403;
    }
    {{- end }}
    if ($serves_{{ $variable }} = 0) {
        return 404;
    }
    location / {
        client_max_body_size {{ int64 .server.bodyBytes }};
        proxy_pass http://127.0.0.1:{{ int .server.upstream }}/;
        proxy_request_buffering off;
        proxy_read_timeout {{ int .server.timeoutSeconds }}s;
        proxy_send_timeout {{ int .server.timeoutSeconds }}s;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Proto https;
        error_page 502 504 @silent;
    }
    {{- include "service.nginx.sidecar.silent" . | nindent 4 }}
}
{{- end -}}

{{/*
Where the component does not answer. The edge gets a closed connection, and writes the error in the service's own form;
probes and Prometheus, whose requests have no X-Real-IP, get a status. Takes nothing.
*/}}
{{- define "service.nginx.sidecar.silent" -}}
location @silent {
    if ($http_x_real_ip) {
        return 444;
    }
    return 502 "nothing answers behind this port\n";
}
{{- end -}}

{{/*
What a sidecar logs: requests that it answered itself, or left without an answer. All others are in the log of the edge or
of the component. Takes nothing.
*/}}
{{- define "service.nginx.sidecar.log" -}}
map "$status:$upstream_status" $noteworthy {
    default 0;
    "~^[0-9]+:\z" 1;
    "~^50[24]:" 1;
}
{{ include "service.nginx.asked" . }}
log_format refused escape=json
    '{"time":"$time_iso8601","request_id":"$http_x_request_id","caller":"$ssl_client_s_dn","peer":"$remote_addr",'
    '"port":"$server_port","method":"$asked_method","path":"$asked_path","status":"$status","seconds":$request_time,'
    '"upstream_status":"$upstream_status"}';
{{- end -}}
