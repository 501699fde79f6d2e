{{/*
TargetGroupBinding: pods of a component as targets of a group that Terraform owns, and its security groups with it, hence
no `networking`. Takes {workload, entrypoint, group}.
*/}}
{{- define "service.class.targetGroupBinding" }}
---
apiVersion: eks.amazonaws.com/v1
kind: TargetGroupBinding
metadata:
  {{- include "service.metadata" (dict "workload" .workload "name" .entrypoint) | nindent 2 }}
spec:
  targetGroupARN: {{ index .workload.root.Values.targetGroupArns .entrypoint }}
  targetType: ip
  serviceRef:
    name: {{ .group.component }}
    port: {{ int (index .workload.values.ports .group.port) }}
{{- end -}}
