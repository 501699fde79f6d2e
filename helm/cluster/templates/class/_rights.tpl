{{/*
Rights that a group has in each namespace of a service, written once.
Takes {root, role: {name, group, description, rules}}.
*/}}
{{- define "cluster.class.clusterRole" }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ .role.name }}
  labels:
    {{- include "cluster.labels" (dict "root" .root "name" .role.name) | nindent 4 }}
  annotations:
    kubernetes.io/description: {{ .role.description }}
rules:
  {{- toYaml .role.rules | nindent 2 }}
{{- end -}}

{{/*
The same rights, bound in one namespace: nobody has them elsewhere.
Takes {root, name: the namespace, role}.
*/}}
{{- define "cluster.class.roleBinding" }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .role.name }}
  namespace: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ .role.name }}
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: {{ .role.group }}
{{- end -}}
