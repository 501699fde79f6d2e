{{/*
Where a service ends: its pods at their most. What grows further is a fault, not load.
Takes {root, name, values}.
*/}}
{{- define "cluster.class.resourceQuota" }}
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: {{ .name }}
  namespace: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  hard:
    {{- toYaml .values.quota | nindent 4 }}
{{- end -}}

{{/*
What a container gets that says nothing of itself, and the most that one may have.
Takes {root, name, values}.
*/}}
{{- define "cluster.class.limitRange" }}
---
apiVersion: v1
kind: LimitRange
metadata:
  name: {{ .name }}
  namespace: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  limits:
    {{- toYaml .values.limits | nindent 4 }}
{{- end -}}
