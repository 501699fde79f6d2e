{{/*
Faults that a schema cannot see, each with its path, what is allowed and what was got; all at once.
Takes the root.
*/}}
{{- define "cluster.validate" -}}
{{- $faults := list -}}
{{- $image := .Values.logShipper.image -}}
{{- if not (hasKey .Values.images $image) -}}
  {{- $got := keys .Values.images | sortAlpha | join ", " | default "none" -}}
  {{- $faults = append $faults (printf "images/%s: must have the digest of logShipper.image, got %s" $image $got) -}}
{{- end -}}
{{- range $name, $service := .Values.services -}}
  {{- if has $name (list "default" "platform" (include "cluster.names.logShipper" $)) -}}
    {{- $faults = append $faults (printf "services/%s: must not be a name of the platform's own: default, log-shipper, platform" $name) -}}
  {{- end -}}
  {{- range $tag := keys $service.nodes.tags | sortAlpha -}}
    {{- if regexMatch "^(aws:|eks:|karpenter\\.sh/|eks\\.amazonaws\\.com/|kubernetes\\.io/cluster/)" $tag -}}
      {{- $faults = append $faults (printf "services/%s/nodes/tags: must not have those of AWS, EKS and Karpenter, got %s" $name $tag) -}}
    {{- end -}}
  {{- end -}}
  {{- range $resource := list "pods" "requests.cpu" "requests.memory" "limits.memory" -}}
    {{- if not (hasKey $service.quota $resource) -}}
      {{- $got := keys $service.quota | sortAlpha | join ", " | default "none" -}}
      {{- $faults = append $faults (printf "services/%s/quota/%s: must be there, or the service has no end, got %s" $name $resource $got) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if lookup "v1" "Namespace" "" "kube-system" -}}
  {{- $rule := "must be real, not a placeholder of zeros, where this is deployed" -}}
  {{- if regexMatch "/0{8}(-0{4}){3}-0{12}$" .Values.internalAuthorityArn -}}
    {{- $faults = append $faults (printf "internalAuthorityArn: %s, got %s" $rule .Values.internalAuthorityArn) -}}
  {{- end -}}
  {{- range $image, $digest := .Values.images -}}
    {{- if regexMatch "^sha256:0+$" $digest }}{{ $faults = append $faults (printf "images/%s: %s, got %s" $image $rule $digest) }}{{ end -}}
  {{- end -}}
{{- end -}}
{{- if ne .Release.Namespace "platform" -}}
  {{- $faults = append $faults (printf "namespace: must be platform, got %s" .Release.Namespace) -}}
{{- end -}}
{{- if $faults -}}{{- fail (printf "\n%s" (join "\n" $faults)) -}}{{- end -}}
{{- end -}}
