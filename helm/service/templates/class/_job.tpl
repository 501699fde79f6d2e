{{/*
Job before a release: a hook, so that nothing new starts before it has succeeded (MUN-4.5).
Takes a workload.
*/}}
{{- define "service.class.job" }}
{{- $annotations := dict "kubernetes.io/description" .values.why }}
---
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name "annotations" $annotations "weight" .values.run.order) | nindent 2 }}
spec:
  {{- include "service.job.spec" . | nindent 2 }}
{{- end -}}

{{/*
What a run is, by schedule, before a release or on demand: ended at its limit; tried twice only where nobody is watching.
Takes a workload.
*/}}
{{- define "service.job.spec" -}}
backoffLimit: {{ ternary 1 0 (eq .values.run.on "schedule") }}
activeDeadlineSeconds: {{ int .values.limitSeconds }}
{{- /* The second try starts once the first one's pod is gone: two never write at once. */}}
podReplacementPolicy: Failed
{{- /* The driver renews a Secret for running pods only: a finished one, kept, would hand its successor old passwords. */}}
ttlSecondsAfterFinished: 600
template:
  {{- include "service.pod" . | nindent 2 }}
{{- end -}}
