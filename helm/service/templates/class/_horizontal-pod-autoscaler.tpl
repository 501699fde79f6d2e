{{/*
HorizontalPodAutoscaler by the main container's CPU: a sidecar that idles would dilute it. It shrinks by one pod a minute:
a colour that has just become live has no load on record yet. Takes a workload whose replicas may grow.
*/}}
{{- define "service.class.horizontalPodAutoscaler" }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "service.metadata" (dict "workload" . "name" (include "service.fullname" .)) | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "service.fullname" . }}
  minReplicas: {{ include "service.replicas.least" . }}
  maxReplicas: {{ int .values.replicas.max }}
  metrics:
    - type: ContainerResource
      containerResource:
        name: cpu
        container: {{ .name }}
        target:
          type: Utilization
          averageUtilization: {{ int .values.replicas.cpuPercent }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
      policies:
        - type: Pods
          value: 1
          periodSeconds: 60
{{- end -}}

{{/*
Not empty for a component whose number of replicas the autoscaler owns.
Takes a workload.
*/}}
{{- define "service.autoscaled" -}}
{{- if gt (int .values.replicas.max) (int .values.replicas.min) }}yes{{ end }}
{{- end -}}

{{/*
Least number of replicas. The colour that is not live keeps up with the one that is, as large as that is in the cluster
now: it may have to take all requests at once (MUN-4.8, MUN-5.6). Takes a workload.
*/}}
{{- define "service.replicas.least" -}}
{{- $least := int .values.replicas.min -}}
{{- $live := .root.Values.release.live -}}
{{- if and .colour (ne .colour $live) -}}
  {{- $other := lookup "apps/v1" "Deployment" .root.Release.Namespace (printf "%s-%s" .name $live) -}}
  {{- $least = min (int .values.replicas.max) (max $least (int (dig "spec" "replicas" 0 $other))) -}}
{{- end -}}
{{- $least -}}
{{- end -}}
