{{/*
PriorityClass: who goes first, and whether it stops others.
Takes {root, priority: {name, value, preemptionPolicy, description}}.
*/}}
{{- define "cluster.class.priorityClass" }}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: {{ .priority.name }}
  labels:
    {{- include "cluster.labels" (dict "root" .root "name" .priority.name) | nindent 4 }}
value: {{ int .priority.value }}
globalDefault: false
preemptionPolicy: {{ .priority.preemptionPolicy }}
description: {{ .priority.description }}
{{- end -}}
