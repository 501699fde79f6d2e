{{/*
Service of a component. With two colours it leads to the live one: this selector is the switch (MUN-5.6).
Takes a workload without colour.
*/}}
{{- define "service.class.service" }}
{{- $selected := . -}}
{{- if eq .values.deploy "blue-green" }}{{ $selected = merge (dict "colour" .root.Values.release.live) . }}{{ end }}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name) | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "service.labels.selector" $selected | nindent 4 }}
  ports:
    {{- range $name, $port := .values.ports }}
    - name: {{ $name }}
      port: {{ int $port }}
      targetPort: {{ int $port }}
      protocol: TCP
    {{- end }}
{{- end -}}
