{{/*
Who signs certificates of pods: the internal private authority (MUN-2.3).
Takes the root. Any namespace may ask; the connector's role at AWS gives end entity certificates only.
*/}}
{{- define "cluster.class.issuer" }}
---
apiVersion: awspca.cert-manager.io/v1beta1
kind: AWSPCAClusterIssuer
metadata:
  name: internal
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "internal") | nindent 4 }}
spec:
  arn: {{ .Values.internalAuthorityArn }}
  region: {{ .Values.region }}
{{- end -}}
