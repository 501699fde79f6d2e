{{/*
CronJob: by its schedule, never two at once; or suspended, for an operator to start a Job from.
Takes a workload. A start missed by more than an hour waits for the next one, and the backup's alert says so.
*/}}
{{- define "service.class.cronJob" }}
{{- $scheduled := eq .values.run.on "schedule" -}}
{{- $annotations := dict "kubernetes.io/description" .values.why }}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name "annotations" $annotations) | nindent 2 }}
spec:
  {{- /* On demand: a day that no year has. */}}
  schedule: {{ ternary .values.run.cron "0 0 31 2 *" $scheduled | quote }}
  timeZone: {{ ternary .values.run.timeZone "Etc/UTC" $scheduled }}
  suspend: {{ not $scheduled }}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 1
  jobTemplate:
    metadata:
      labels:
        {{- include "service.labels" . | nindent 8 }}
    spec:
      {{- include "service.job.spec" . | nindent 6 }}
{{- end -}}
