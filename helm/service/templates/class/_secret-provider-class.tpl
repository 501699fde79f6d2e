{{/*
SecretProviderClass of a workload: what the driver on the node reads, in the pod's own role, and the Kubernetes Secret it
makes of that for variables. Values are never in the chart. Takes a workload.
*/}}
{{- define "service.class.secretProviderClass" }}
{{- $objects := dict -}}
{{- range $variable, $source := .values.secrets }}
  {{- $alias := include "service.secrets.alias" $source }}
  {{- $_ := set $objects $alias (include "service.secrets.object" (dict "root" $.root "source" $source "alias" $alias) | fromJson) }}
{{- end }}
{{- $list := list }}
{{- range $alias := keys $objects | sortAlpha }}{{ $list = append $list (index $objects $alias) }}{{ end }}
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name) | nindent 2 }}
spec:
  provider: aws
  parameters:
    usePodIdentity: "true"
    # Else the provider asks the API which region the node is in, at each mount.
    region: {{ index (splitList "." .root.Values.registry) 3 }}
    objects: |
      {{- toYaml $list | nindent 6 }}
  secretObjects:
    - secretName: {{ include "service.secrets.name" . }}
      type: Opaque
      labels:
        {{- include "service.labels" . | nindent 8 }}
      data:
        {{- range $variable, $source := .values.secrets }}
        - key: {{ $variable }}
          objectName: {{ include "service.secrets.alias" $source }}
        {{- end }}
{{- end -}}

{{/*
What the driver's AWS provider reads for one secret, as JSON: by name, or by ARN where AWS chose the name.
Takes {root, source: a value of `secrets`, alias: its file name}.
*/}}
{{- define "service.secrets.object" -}}
{{- $name := .source.secret | default .source.parameter -}}
{{- $type := ternary "ssmparameter" "secretsmanager" (hasKey .source "parameter") -}}
{{- with .source.administrator }}{{ $name = index $.root.Values.administratorSecretArns . }}{{ end -}}
{{- dict "objectName" $name "objectType" $type "objectAlias" .alias | toJson -}}
{{- end -}}
