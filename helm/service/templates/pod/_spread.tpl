{{/*
Spread of a component's pods: evenly over zones, each revision by itself, and over nodes as far as that goes. With two
replicas or more two zones are demanded: the first node would else take all. Not three: with a zone lost, none could start.
*/}}
{{- define "service.pod.spread" -}}
- topologyKey: topology.kubernetes.io/zone
  maxSkew: 1
  {{- if gt (int .values.replicas.min) 1 }}
  minDomains: 2
  {{- end }}
  whenUnsatisfiable: DoNotSchedule
  nodeTaintsPolicy: Honor
  matchLabelKeys:
    - pod-template-hash
  labelSelector:
    matchLabels:
      {{- include "service.labels.selector" . | nindent 6 }}
- topologyKey: kubernetes.io/hostname
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  nodeTaintsPolicy: Honor
  matchLabelKeys:
    - pod-template-hash
  labelSelector:
    matchLabels:
      {{- include "service.labels.selector" . | nindent 6 }}
{{- end -}}
