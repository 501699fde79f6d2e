{{/*
What is there once in the cluster: who goes first, that network policies count, who signs certificates, what people and
Prometheus may do. Takes the root.
*/}}
{{- define "cluster.render.shared" -}}
{{- range $priority := include "cluster.priorities" . | fromYamlArray }}
  {{- include "cluster.class.priorityClass" (dict "root" $ "priority" $priority) }}
{{- end }}
{{- include "cluster.class.networkPolicySwitch" . }}
{{- include "cluster.class.issuer" . }}
{{- range $role := include "cluster.roles" . | fromYamlArray }}
  {{- include "cluster.class.clusterRole" (dict "root" $ "role" $role) }}
{{- end }}
{{- include "cluster.class.namespacesKeepPodSecurity" . }}
{{- include "cluster.class.jobsOfOperators" . }}
{{- include "cluster.class.jobsLikeTheirCronJob" . }}
{{- end -}}

{{/*
Who goes first when a node has too little room, as a YAML list. Only what answers requests takes others' places: a worker
that stopped another one, or a job that stopped anything, would gain nothing that a new node does not bring a minute later.
*/}}
{{- define "cluster.priorities" -}}
- name: node-agents
  value: 4000
  preemptionPolicy: PreemptLowerPriority
  description: One a node, which can run nowhere else, log shipping above all. They take the place of anything there.
- name: serving
  value: 3000
  preemptionPolicy: PreemptLowerPriority
  description: Answers requests. Takes the place of background work and jobs, which are done again or later.
- name: background
  value: 2000
  preemptionPolicy: Never
  description: Works off queues, schedules, exports metrics. Goes before jobs and waits for a new node.
- name: jobs
  value: 1000
  preemptionPolicy: Never
  description: Ends by itself. Waits for a new node and never takes another one's place.
{{- end -}}

{{/*
Rights in the namespaces of services, and the groups of access entries that have them, as a YAML list.
Whoever is on call sees all but secrets by AWS's view policy; a Job they make is judged by the admission policies below.
*/}}
{{- define "cluster.roles" -}}
- name: platform-prometheus
  group: platform:prometheus
  description: Finds the pods to scrape
  rules:
    - apiGroups: [""]
      resources: [pods]
      verbs: [get, list, watch]
- name: platform-operators
  group: platform:operators
  description: Starts jobs from their CronJobs, and stops a pod that is stuck
  rules:
    - apiGroups: [batch]
      resources: [jobs]
      verbs: [create]
    - apiGroups: [""]
      resources: [pods]
      verbs: [delete]
{{- end -}}
