{{/*
Volumes of a pod, as a YAML list: bounded scratch space, and files that are read only.
Takes a workload. 288 is 0440: the owner is root, the pods' group may read.
*/}}
{{- define "service.pod.volumes" -}}
{{- range $path, $size := .values.scratch }}
- name: {{ include "service.scratch.name" $path }}
  emptyDir:
    sizeLimit: {{ $size }}
{{- end }}
{{- if .values.sidecar }}
- name: sidecar-tmp
  emptyDir:
    sizeLimit: {{ .root.Values.sidecarScratch }}
{{- end }}
{{- if or .values.edge .values.sidecar }}
- name: nginx
  configMap:
    name: {{ .name }}-nginx
    defaultMode: 288
{{- end }}
{{- if .values.certificate }}
- name: tls
  secret:
    secretName: {{ .name }}-tls
    defaultMode: 288
{{- end }}
{{- if .values.trustsDatabases }}
- name: database-authorities
  configMap:
    name: {{ .name }}-database-authorities
    defaultMode: 288
{{- end }}
{{- if .values.secrets }}
- name: secrets
  csi:
    driver: secrets-store.csi.k8s.io
    readOnly: true
    volumeAttributes:
      secretProviderClass: {{ .name }}
{{- end }}
{{- end -}}

{{/*
Where a workload's own container finds them, as a YAML list. Secrets are mounted though variables carry them: the driver
makes the Kubernetes Secret only of what a container mounts. Takes a workload.
*/}}
{{- define "service.container.mounts" -}}
{{- include "service.container.scratch" . }}
{{- if .values.edge }}
- name: nginx
  mountPath: /etc/nginx/nginx.conf
  subPath: nginx.conf
  readOnly: true
{{- end }}
{{- if .values.certificate }}
- name: tls
  mountPath: /etc/tls
  readOnly: true
{{- end }}
{{- if .values.trustsDatabases }}
- name: database-authorities
  mountPath: /etc/ssl/rds
  readOnly: true
{{- end }}
{{- if .values.secrets }}
- name: secrets
  mountPath: /mnt/secrets
  readOnly: true
{{- end }}
{{- end -}}

{{/*
Writable directories of a container, as a YAML list; all else is read-only.
Takes a workload.
*/}}
{{- define "service.container.scratch" -}}
{{- range $path, $_ := .values.scratch }}
- name: {{ include "service.scratch.name" $path }}
  mountPath: {{ $path }}
{{- end }}
{{- end -}}

{{/*
Name of the volume behind a scratch directory: scratch-var-lib-clamav.
Takes its path.
*/}}
{{- define "service.scratch.name" -}}
scratch{{ . | replace "/" "-" | replace "." "-" | replace "_" "-" | trimSuffix "-" }}
{{- end -}}
