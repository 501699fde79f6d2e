{{/*
The upload of a job: it starts when the job's own container has succeeded, and finds in the scratch directories what that
left. It gets none of its secrets. Takes a workload.
*/}}
{{- define "service.container.upload" -}}
name: upload
image: {{ include "service.image" (dict "workload" . "image" .values.upload.image) }}
imagePullPolicy: IfNotPresent
command:
  {{- toYaml .values.upload.command | nindent 2 }}
{{- if .values.upload.env }}
envFrom:
  - configMapRef:
      name: {{ .name }}-upload-env
{{- end }}
resources:
  {{- toYaml .values.upload.resources | nindent 2 }}
securityContext:
  {{- include "service.container.security" . | nindent 2 }}
volumeMounts:
  {{- include "service.container.scratch" . | trim | nindent 2 }}
{{- end -}}
