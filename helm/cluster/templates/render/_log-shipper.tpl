{{/*
The agent on every node that takes logs of pods to Loki, in a namespace of its own.
Takes the root. Reading the node's files needs Pod Security `privileged`; an admission policy takes back what that opens.
*/}}
{{- define "cluster.render.logShipper" -}}
{{- $name := include "cluster.names.logShipper" . -}}
{{- $arguments := dict "root" . "name" $name }}
{{- include "cluster.class.namespace" (dict "root" . "name" $name "podSecurity" "privileged") }}
{{- include "cluster.class.defaultDeny" $arguments }}
{{- include "cluster.class.logShipperAdmission" . }}
{{- include "cluster.class.logShipperAccount" . }}
{{- include "cluster.class.logShipperNetwork" . }}
{{- include "cluster.class.logShipperCertificate" . }}
{{- include "cluster.class.logShipperConfiguration" . }}
{{- include "cluster.class.logShipper" . }}
{{- end -}}
