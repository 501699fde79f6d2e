{{/*
The access log: a line of JSON for each request, with its class (TKT-1.1) and without query, cookies and credentials
(ALC-1.1, MUN-2.12). Takes the edge.
*/}}
{{- define "service.nginx.edge.log" -}}
{{ include "service.nginx.asked" . }}
log_format requests escape=json
    '{"time":"$time_iso8601","request_id":"$known_id","correlation_id":"$upstream_http_x_correlation_id",'
    '"class":"$route","client":"{{ include "service.nginx.edge.client" . }}","method":"$asked_method","path":"$asked_path",'
    '"status":"$status","bytes":$bytes_sent,"request_bytes":$request_length,"seconds":$request_time,'
    '"upstream_status":"$upstream_status","upstream_connect_seconds":"$upstream_connect_time",'
    '"upstream_seconds":"$upstream_response_time","user_agent":"$http_user_agent"}';
{{- end -}}
