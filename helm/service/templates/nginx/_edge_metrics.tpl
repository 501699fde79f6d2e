{{/*
Figures of NGINX: the page that its exporter reads, inside the pod alone, and the exporter's answer over TLS, for Prometheus.
Takes the edge.
*/}}
{{- define "service.nginx.edge.metrics" -}}
server {
    listen {{ int .metricsPort }} ssl;
    location = /metrics {
        proxy_pass http://127.0.0.1:19113;
    }
    location / {
        return 404;
    }
}
server {
    listen 127.0.0.1:8081;
    location = /stub_status {
        stub_status;
    }
    location / {
        return 404;
    }
}
{{- end -}}
