{{/*
Faults of target groups: each leads to a port of a component, and its ARN is that of the group in this account and region.
Takes the root.
*/}}
{{- define "service.validate.targets" -}}
{{- $components := .Values.components -}}
{{- $registry := splitList "." .Values.registry -}}
{{- $groups := keys .Values.targetGroups | sortAlpha -}}
{{- range $entrypoint, $group := .Values.targetGroups -}}
  {{- $path := print "targetGroups/" $entrypoint -}}
  {{- $component := index $components $group.component -}}
  {{- if not $component -}}
    {{- include "service.fault" (dict "path" (print $path "/component") "rule" (printf "a component (%s)" (keys $components | sortAlpha | join ", ")) "got" $group.component) -}}
  {{- else if not (hasKey $component.ports $group.port) -}}
    {{- include "service.fault" (dict "path" (print $path "/port") "rule" (printf "a port of %s (%s)" $group.component (keys $component.ports | sortAlpha | join ", ")) "got" $group.port) -}}
  {{- end -}}
  {{- $prefix := printf "arn:aws:elasticloadbalancing:%s:%s:targetgroup/%s/" (index $registry 3) (index $registry 0) $group.name -}}
  {{- $arn := index $.Values.targetGroupArns $entrypoint | default "" -}}
  {{- if not (hasPrefix $prefix $arn) -}}
    {{- include "service.fault" (dict "path" (print "targetGroupArns/" $entrypoint) "rule" (print $prefix "<id>") "got" $arn) -}}
  {{- end -}}
{{- end -}}
{{- range $entrypoint, $arn := .Values.targetGroupArns -}}
  {{- if not (has $entrypoint $groups) -}}
    {{- include "service.fault" (dict "path" (print "targetGroupArns/" $entrypoint) "rule" (printf "of an entrypoint (%s)" (join ", " $groups)) "got" $arn) -}}
  {{- end -}}
{{- end -}}
{{- end -}}
