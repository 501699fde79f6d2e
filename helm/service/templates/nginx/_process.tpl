{{/*
NGINX as a process: it writes below /tmp alone, and ends requests that are under way before it ends itself.
Takes {component, workers: their number}. The image says how it starts: in the foreground, with this file.
*/}}
{{- define "service.nginx.process" -}}
worker_processes {{ .workers }};
# Shorter than what is left of the pod's grace period after its preStop.
worker_shutdown_timeout {{ add .component.longestRequestSeconds 5 }}s;
pid /tmp/nginx.pid;
error_log stderr notice;

events {
    worker_connections 1024;
}
{{- end -}}
