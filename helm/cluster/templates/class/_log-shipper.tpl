{{/*
Identity of the log shipper. It has no rights at the API and no token: names of pods stand in the paths of their files.
Takes the root.
*/}}
{{- define "cluster.class.logShipperAccount" }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "cluster.logShipper.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}

{{/*
What the log shipper may ask: names, and Loki. Nobody may ask it anything but the kubelet, which no policy shuts out.
Takes the root.
*/}}
{{- define "cluster.class.logShipperNetwork" }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "cluster.logShipper.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "cluster.labels.logShipper" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  egress:
    {{- toYaml .Values.logShipper.egress | nindent 4 }}
{{- end -}}

{{/*
Certificate of the log shipper: the authority it knows Loki by, and who it is. Renewed like that of every pod.
Takes the root.
*/}}
{{- define "cluster.class.logShipperCertificate" }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "cluster.logShipper.metadata" . | nindent 2 }}
spec:
  secretName: {{ include "cluster.names.logShipper" . }}-tls
  issuerRef:
    group: awspca.cert-manager.io
    kind: AWSPCAClusterIssuer
    name: internal
  commonName: {{ .Values.logShipper.certificate.commonName }}
  dnsNames:
    {{- toYaml .Values.logShipper.certificate.dnsNames | nindent 4 }}
  usages:
    - client auth
  privateKey:
    algorithm: ECDSA
    size: 256
    rotationPolicy: Always
  duration: 168h
  renewBefore: 56h
  revisionHistoryLimit: 1
{{- end -}}

{{/*
Configuration of the log shipper.
Takes the root.
*/}}
{{- define "cluster.class.logShipperConfiguration" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "cluster.logShipper.metadata" . | nindent 2 }}
data:
  config.alloy: |
    {{- regexReplaceAll "(?m) +$" (include "cluster.logShipper.configuration" . | nindent 4) "" }}
{{- end -}}

{{/*
Metadata of its objects.
Takes the root.
*/}}
{{- define "cluster.logShipper.metadata" -}}
{{- $name := include "cluster.names.logShipper" . -}}
name: {{ $name }}
namespace: {{ $name }}
labels:
  {{- include "cluster.labels" (dict "root" . "name" $name) | nindent 2 }}
{{- end -}}
