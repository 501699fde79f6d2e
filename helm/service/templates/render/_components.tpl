{{/*
All components: what they have beside their pods, one Service where they listen, and their pods once or in two colours.
Takes the root.
*/}}
{{- define "service.render.components" -}}
{{- range $name, $component := .Values.components }}
  {{- $workload := dict "root" $ "name" $name "kind" "component" "values" $component "phase" "run" }}
  {{- include "service.render.workload" $workload }}
  {{- if $component.ports }}{{ include "service.class.service" $workload }}{{ end }}
  {{- range $colour := include "service.colours" $component | fromJsonArray }}
    {{- include "service.render.pods" (merge (dict "colour" $colour) $workload) }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
Colours of a component as a JSON list: blue and green, or one without a name.
Takes a component's values.
*/}}
{{- define "service.colours" -}}
{{- if eq .deploy "blue-green" }}["blue", "green"]{{ else }}[""]{{ end }}
{{- end -}}

{{/*
Pods of a component, in one colour if it has any: how many there are, and how many may go at once.
Takes a workload.
*/}}
{{- define "service.render.pods" -}}
{{- include "service.class.deployment" . }}
{{- if include "service.autoscaled" . }}{{ include "service.class.horizontalPodAutoscaler" . }}{{ end }}
{{- if gt (int .values.replicas.min) 1 }}{{ include "service.class.podDisruptionBudget" . }}{{ end }}
{{- end -}}
