{{/*
What edge and sidecar have in common inside `http`.
Takes {headerBuffers}: a header or request line must fit into one of them.
*/}}
{{- define "service.nginx.http" -}}
# Lines of level error quote the request with its query, where tokens and personal data stand (ALC-1.1, MUN-2.12).
error_log stderr crit;
access_log off;
default_type text/plain;
server_tokens off;
client_body_temp_path /tmp/client-body;
proxy_temp_path /tmp/proxy;
fastcgi_temp_path /tmp/fastcgi;
uwsgi_temp_path /tmp/uwsgi;
scgi_temp_path /tmp/scgi;
# Answers never wait on disk: a large one would fill /tmp, and the pod be evicted.
proxy_max_temp_file_size 0;
client_body_buffer_size 16k;
client_header_buffer_size 4k;
large_client_header_buffers {{ .headerBuffers }};
proxy_buffer_size 32k;
proxy_buffers 8 32k;
proxy_busy_buffers_size 64k;
proxy_headers_hash_max_size 2048;
proxy_headers_hash_bucket_size 128;
server_names_hash_bucket_size 256;
map_hash_bucket_size 256;
client_header_timeout 10s;
client_body_timeout 30s;
send_timeout 30s;
# Longer than callers keep idle connections: none is closed under a request.
keepalive_timeout 600s;
# One reading of a request for all who judge it.
underscores_in_headers off;
ignore_invalid_headers on;
merge_slashes on;
proxy_http_version 1.1;
proxy_connect_timeout 3s;
# Nothing is asked twice, or a POST would count twice (ALC-4.1).
proxy_next_upstream off;
proxy_redirect off;
# An answer never sends NGINX elsewhere.
proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Charset;
{{- end -}}

{{/*
Method and path of a request for the log, read off as it came: error pages and routes change both. Never the query, where
tokens and personal data stand (ALC-1.1, MUN-2.12). Takes nothing.
*/}}
{{- define "service.nginx.asked" -}}
map $request $asked_method {
    "~^(?<verb>[A-Z]{1,16}) " $verb;
}
map $request_uri $asked_path {
    "~^(?<bare>[^?#]*)" $bare;
}
{{- end -}}
