{{/*
How NGINX starts: without whatever the image would do first, such as editing its files, which nothing here can.
Takes a workload.
*/}}
{{- define "service.container.nginx.command" }}
command: ["nginx", "-e", "stderr", "-g", "daemon off;"]
{{- end -}}

{{/*
TLS sidecar: NGINX before the ports that others reach. A native one: it starts before the component and stops after it.
Takes a workload.
*/}}
{{- define "service.container.sidecar" -}}
name: tls
image: {{ include "service.image" (dict "workload" . "image" (include "service.images.proxy" .)) }}
imagePullPolicy: IfNotPresent
{{- include "service.container.nginx.command" . | nindent 0 }}
restartPolicy: Always
ports:
  {{- range $name, $server := .values.sidecar }}
  - name: {{ $name }}
    containerPort: {{ int $server.port }}
    protocol: TCP
  {{- end }}
startupProbe:
  {{- include "service.container.sidecar.probe" . | nindent 2 }}
  periodSeconds: 1
  timeoutSeconds: 1
  failureThreshold: 60
livenessProbe:
  {{- include "service.container.sidecar.probe" . | nindent 2 }}
  periodSeconds: 20
  timeoutSeconds: 3
  failureThreshold: 3
resources:
  {{- include "service.container.sidecar.resources" . | nindent 2 }}
securityContext:
  {{- include "service.container.security" . | nindent 2 }}
volumeMounts:
  - name: sidecar-tmp
    mountPath: /tmp
  - name: nginx
    mountPath: /etc/nginx/nginx.conf
    subPath: nginx.conf
    readOnly: true
  - name: tls
    mountPath: /etc/tls
    readOnly: true
{{- end -}}

{{/*
What a probe of the sidecar asks: its first port. Not what is behind it, or a slow start there would end NGINX.
Takes a workload.
*/}}
{{- define "service.container.sidecar.probe" -}}
{{- $first := keys .values.sidecar | sortAlpha | first -}}
tcpSocket:
  port: {{ int (index .values.sidecar $first).port }}
{{- end -}}

{{/*
What NGINX as a sidecar, and the edge's exporter, ask for: TLS of one pod's requests. The values say it, for quota and
nodes are reckoned with the same. Takes a workload.
*/}}
{{- define "service.container.sidecar.resources" -}}
{{- toYaml .root.Values.sidecarResources -}}
{{- end -}}
