{{/*
All jobs: what they have beside their pods, and a Job before a release or a CronJob.
Takes the root.
*/}}
{{- define "service.render.jobs" -}}
{{- range $name, $job := .Values.jobs }}
  {{- $phase := ternary "release" "run" (eq $job.run.on "release") }}
  {{- $workload := dict "root" $ "name" $name "kind" "job" "values" $job "phase" $phase }}
  {{- include "service.render.workload" $workload }}
  {{- if eq $phase "release" }}
    {{- include "service.class.job" $workload }}
  {{- else }}
    {{- include "service.class.cronJob" $workload }}
  {{- end }}
{{- end }}
{{- end -}}
