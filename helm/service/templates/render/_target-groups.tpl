{{/*
Pods behind load balancers that Terraform owns.
Takes the root.
*/}}
{{- define "service.render.targetGroups" -}}
{{- range $entrypoint, $group := .Values.targetGroups }}
  {{- $component := index $.Values.components $group.component }}
  {{- $workload := dict "root" $ "name" $group.component "kind" "component" "values" $component "phase" "run" }}
  {{- include "service.class.targetGroupBinding" (dict "workload" $workload "entrypoint" $entrypoint "group" $group) }}
{{- end }}
{{- end -}}
