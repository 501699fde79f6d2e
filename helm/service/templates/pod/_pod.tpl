{{/*
Pod of a workload, metadata and all: what is the same for every pod stands here and can be set nowhere else.
Takes a workload.
*/}}
{{- define "service.pod" -}}
metadata:
  labels:
    {{- include "service.labels" . | nindent 4 }}
  annotations:
    {{- include "service.pod.annotations" . | nindent 4 }}
spec:
  serviceAccountName: {{ .name }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  priorityClassName: {{ include "service.pod.priority" . }}
  terminationGracePeriodSeconds: {{ include "service.pod.graceSeconds" . }}
  {{- if eq .kind "job" }}
  restartPolicy: Never
  {{- end }}
  nodeSelector:
    karpenter.sh/nodepool: {{ .root.Values.service }}
  {{- if eq .kind "component" }}
  topologySpreadConstraints:
    {{- include "service.pod.spread" . | nindent 4 }}
  {{- end }}
  {{- /* Names of the cluster and the internet alike are asked for as they stand, not under each search domain first. */}}
  dnsConfig:
    options:
      - name: ndots
        value: "2"
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  {{- include "service.pod.containers" . | nindent 2 }}
  {{- with include "service.pod.volumes" . }}
  volumes:
    {{- trim . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/*
Annotations of a pod: a changed configuration replaces pods, which read it as they start; a job's node stays until it is
done. Takes a workload.
*/}}
{{- define "service.pod.annotations" -}}
platform.example.org/configuration: {{ include "service.configuration" . | sha256sum }}
{{- if eq .kind "job" }}
karpenter.sh/do-not-disrupt: "true"
{{- end }}
{{- end -}}

{{/*
Priority of a pod: what answers requests goes first, then what works by itself, then what runs to its end.
Takes a workload. The chart `cluster` makes the classes.
*/}}
{{- define "service.pod.priority" -}}
{{- if eq .kind "job" }}jobs{{ else if include "service.serves" . }}serving{{ else }}background{{ end }}
{{- end -}}

{{/*
Not empty for a component that others send requests to; a scrape of metrics is none, the next one comes soon.
Takes a workload.
*/}}
{{- define "service.serves" -}}
{{- if omit (.values.ports | default dict) "metrics" }}yes{{ end }}
{{- end -}}

{{/*
Seconds a pod has to stop: out of all load balancers, then its longest request or task, then what it needs to end itself.
Takes a workload.
*/}}
{{- define "service.pod.graceSeconds" -}}
{{- if eq .kind "job" }}30{{ else }}{{ add 20 .values.longestRequestSeconds 10 }}{{ end }}
{{- end -}}
