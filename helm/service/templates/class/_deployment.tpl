{{/*
Deployment of a component. Where an autoscaler owns the number of replicas, none is stated, or each upgrade would reset
it. The annotation lets the switch see that it changes no pod (validate/_switch.tpl). Takes a workload.
*/}}
{{- define "service.class.deployment" }}
{{- $template := include "service.pod" . -}}
{{- $annotations := dict "kubernetes.io/description" .values.why "platform.example.org/template" (sha256sum $template) }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "service.metadata" (dict "workload" . "name" (include "service.fullname" .) "annotations" $annotations) | nindent 2 }}
spec:
  {{- if not (include "service.autoscaled" .) }}
  replicas: {{ int .values.replicas.min }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- /* A node has to be started, an image fetched, secrets and a certificate obtained; ClamAV then reads signatures. */}}
  progressDeadlineSeconds: 900
  {{- /* Longer than a load balancer takes to find a new target healthy: an old one must not go before. */}}
  minReadySeconds: {{ ternary 30 10 (hasKey .values "edge") }}
  strategy:
    {{- include "service.deployment.strategy" . | nindent 4 }}
  selector:
    matchLabels:
      {{- include "service.labels.selector" . | nindent 6 }}
  template:
    {{- $template | nindent 4 }}
{{- end -}}

{{/*
How pods are replaced: no request goes without a pod; of a singleton the old one stops before the new one starts.
Takes a workload.
*/}}
{{- define "service.deployment.strategy" -}}
{{- if eq .values.deploy "singleton" -}}
type: Recreate
{{- else -}}
type: RollingUpdate
rollingUpdate:
  maxUnavailable: 0
  maxSurge: 25%
{{- end }}
{{- end -}}
