{{/*
What no schema can say: what fields, the overlay and the cluster must have in common. All faults at once, one a line:
`components/api/probes/readiness/httpGet/port: must be ..., got 8444`. Takes the root.
*/}}
{{- define "service.validate" -}}
{{- $faults := "" -}}
{{- range $subject := list "release" "images" "workloads" "components" "edges" "targets" "placeholders" -}}
  {{- $faults = print $faults (include (print "service.validate." $subject) $) -}}
{{- end -}}
{{- /* The switch renders pods, which takes values that hold together. */ -}}
{{- if not $faults }}{{ $faults = include "service.validate.switch" . }}{{ end -}}
{{- with $faults }}{{ fail (print "\n" (trimSuffix "\n" .)) }}{{ end -}}
{{- end -}}

{{/*
One fault, as a line.
Takes {path, rule, got: absent where there is nothing}.
*/}}
{{- define "service.fault" -}}
{{- printf "%s: must be %s, got %v\n" .path .rule (.got | default "nothing") -}}
{{- end -}}

{{/*
All workloads by the path of their values, as JSON: `components/api`. Without the root, which is no JSON.
Takes the root.
*/}}
{{- define "service.workloads" -}}
{{- $all := dict -}}
{{- range $name, $values := .Values.components -}}
  {{- $_ := set $all (print "components/" $name) (dict "name" $name "kind" "component" "values" $values "phase" "run") -}}
{{- end -}}
{{- range $name, $values := .Values.jobs -}}
  {{- $phase := ternary "release" "run" (eq $values.run.on "release") -}}
  {{- $_ := set $all (print "jobs/" $name) (dict "name" $name "kind" "job" "values" $values "phase" $phase) -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}
