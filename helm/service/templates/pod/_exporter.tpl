{{/*
The edge's exporter: figures of NGINX's status page, which only the pod itself can read; NGINX hands them out over TLS.
Takes a workload. It has no readiness probe on purpose: figures that are missing must not take the edge out of service.
*/}}
{{- define "service.container.exporter" -}}
name: exporter
image: {{ include "service.image" (dict "workload" . "image" (include "service.images.proxy" .)) }}
imagePullPolicy: IfNotPresent
command:
  - nginx-prometheus-exporter
  - --nginx.scrape-uri=http://127.0.0.1:8081/stub_status
  - --web.listen-address=127.0.0.1:19113
livenessProbe:
  httpGet:
    path: /metrics
    port: {{ int .values.edge.metricsPort }}
    scheme: HTTPS
  initialDelaySeconds: 30
  periodSeconds: 30
  timeoutSeconds: 5
  failureThreshold: 5
lifecycle:
  {{- include "service.container.drain" . | nindent 2 }}
resources:
  {{- include "service.container.sidecar.resources" . | nindent 2 }}
securityContext:
  {{- include "service.container.security" . | nindent 2 }}
{{- end -}}
