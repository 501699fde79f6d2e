{{/*
The container that the catalogue speaks of: a component's, or a job's.
Takes a workload. Autoscaling and logs know it by the workload's name.
*/}}
{{- define "service.container.own" -}}
name: {{ .name }}
image: {{ include "service.image" (dict "workload" . "image" .values.image) }}
imagePullPolicy: IfNotPresent
{{- if .values.edge }}
{{- include "service.container.nginx.command" . | nindent 0 }}
{{- end }}
{{- with .values.command }}
command:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .values.env }}
envFrom:
  - configMapRef:
      name: {{ .name }}-env
{{- end }}
{{- with include "service.container.env" . }}
env:
  {{- trim . | nindent 2 }}
{{- end }}
{{- with include "service.container.ports" . }}
ports:
  {{- trim . | nindent 2 }}
{{- end }}
{{- with .values.probes }}
startupProbe:
  {{- toYaml .startup | nindent 2 }}
readinessProbe:
  {{- toYaml .readiness | nindent 2 }}
livenessProbe:
  {{- toYaml .liveness | nindent 2 }}
{{- end }}
{{- if include "service.serves" . }}
lifecycle:
  {{- include "service.container.drain" . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .values.resources | nindent 2 }}
securityContext:
  {{- include "service.container.security" . | nindent 2 }}
{{- with include "service.container.mounts" . }}
volumeMounts:
  {{- trim . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Variables with secrets, then those put together of them: the kubelet knows only what stands before. Those in the clear
come from the ConfigMap instead, whose values it takes as they are. Takes a workload.
*/}}
{{- define "service.container.env" -}}
{{- range $variable, $_ := .values.secrets }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ include "service.secrets.name" $ }}
      key: {{ $variable }}
{{- end }}
{{- range $variable, $value := .values.composed }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/*
Ports of the component's own container: those that its sidecar does not serve.
Takes a workload.
*/}}
{{- define "service.container.ports" -}}
{{- $served := list -}}
{{- range .values.sidecar }}{{ $served = append $served (int .port) }}{{ end -}}
{{- range $name, $port := .values.ports }}
{{- if not (has (int $port) $served) }}
- name: {{ $name }}
  containerPort: {{ int $port }}
  protocol: TCP
{{- end }}
{{- end }}
{{- end -}}
