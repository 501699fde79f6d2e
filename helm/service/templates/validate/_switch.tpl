{{/*
Faults of a switch between colours, judged by what runs in the cluster: requests go only to a colour that is ready and
that this very upgrade leaves as it is; the live colour's image changes only while it is idle (MUN-4.5, MUN-5.6). Where
there is no cluster or no Service yet, there is nothing to judge. Takes the root.
*/}}
{{- define "service.validate.switch" -}}
{{- $live := .Values.release.live -}}
{{- range $name, $component := .Values.components -}}
  {{- $service := lookup "v1" "Service" $.Release.Namespace $name -}}
  {{- $before := dig "spec" "selector" "platform.example.org/colour" "" $service -}}
  {{- if and (eq $component.deploy "blue-green") $before -}}
    {{- $workload := dict "root" $ "name" $name "kind" "component" "values" $component "phase" "run" "colour" $live -}}
    {{- $deployment := lookup "apps/v1" "Deployment" $.Release.Namespace (include "service.fullname" $workload) -}}
    {{- $left := lookup "apps/v1" "Deployment" $.Release.Namespace (printf "%s-%s" $name $before) -}}
    {{- $arguments := dict "workload" $workload "deployment" $deployment "load" (dig "spec" "replicas" 0 $left) -}}
    {{- include "service.validate.switch.image" $arguments -}}
    {{- if ne $before $live }}{{ include "service.validate.switch.ready" $arguments }}{{ end -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Faults of the image of the colour that is, or becomes, live.
Takes {workload, deployment: as the cluster has it}.
*/}}
{{- define "service.validate.switch.image" -}}
{{- $wanted := include "service.image" (dict "workload" .workload "image" .workload.values.image) -}}
{{- $path := printf "release/images/%s/%s" .workload.colour .workload.values.image -}}
{{- range dig "spec" "template" "spec" "containers" list .deployment -}}
  {{- if and (eq .name $.workload.name) (ne .image $wanted) -}}
    {{- $rule := printf "what %s-%s runs (%s): a new image goes to the colour that is not live first" .name $.workload.colour .image -}}
    {{- include "service.fault" (dict "path" $path "rule" $rule "got" $wanted) -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Faults of the colour that becomes live: it runs as a whole, in the pods that stand here, and in the number that the load
wants, which is that of the colour it takes over from. A quarter may be missing: a pod that has just been evicted must not
hold back the way back. Takes {workload, deployment, load: pods of the colour that is live}.
*/}}
{{- define "service.validate.switch.ready" -}}
{{- $name := include "service.fullname" .workload -}}
{{- $rule := "" -}}
{{- $status := dig "status" dict .deployment -}}
{{- $size := min (int .workload.values.replicas.max) (max (dig "spec" "replicas" 0 .deployment | int) (int .load)) -}}
{{- $wanted := max (int .workload.values.replicas.min) (div (mul 3 $size) 4) -}}
{{- $template := include "service.pod" .workload | sha256sum -}}
{{- if not .deployment }}{{ $rule = "in the cluster" -}}
{{- else if lt (int $status.observedGeneration) (int .deployment.metadata.generation) }}{{ $rule = "rolled out, its last change has not been seen yet" -}}
{{- else if ne (int $status.updatedReplicas) (int $status.replicas) }}{{ $rule = "rolled out, some of its pods are of an older revision" -}}
{{- else if lt (int $status.availableReplicas) (int $wanted) }}{{ $rule = printf "available with %d pods beside %d live ones (an upgrade without a switch makes it as large), has %d" (int $wanted) (int .load) (int $status.availableReplicas) -}}
{{- else if ne $template (dig "metadata" "annotations" "platform.example.org/template" "" .deployment) }}{{ $rule = "left as it is by the switch, these values change its pods: upgrade first, then switch" -}}
{{- end -}}
{{- if $rule -}}
  {{- include "service.fault" (dict "path" "release/live" "rule" (printf "a colour whose pods are ready, but %s must be %s" $name $rule) "got" .workload.colour) -}}
{{- end -}}
{{- end -}}
