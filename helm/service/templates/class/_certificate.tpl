{{/*
Certificate of a workload from the internal authority: seven days, with a new key each time, renewed after two thirds.
Takes a workload. Usages are exactly those of the values: the connector may use the authority's end entity templates only.
*/}}
{{- define "service.class.certificate" }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "service.metadata" (dict "workload" . "name" .name) | nindent 2 }}
spec:
  secretName: {{ .name }}-tls
  issuerRef:
    group: awspca.cert-manager.io
    kind: AWSPCAClusterIssuer
    name: internal
  commonName: {{ .values.certificate.commonName }}
  {{- with .values.certificate.dnsNames }}
  dnsNames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  usages:
    {{- toYaml .values.certificate.usages | nindent 4 }}
  privateKey:
    algorithm: ECDSA
    size: 256
    rotationPolicy: Always
  duration: 168h
  renewBefore: 56h
  revisionHistoryLimit: 1
{{- end -}}
