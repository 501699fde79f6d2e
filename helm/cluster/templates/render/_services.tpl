{{/*
All services on pods: a namespace that ends where the service ends, who may do what in it, and nodes of its own.
Takes the root.
*/}}
{{- define "cluster.render.services" -}}
{{- range $name, $service := .Values.services }}
  {{- $arguments := dict "root" $ "name" $name "values" $service }}
  {{- include "cluster.class.namespace" (dict "root" $ "name" $name "service" $service "podSecurity" "restricted") }}
  {{- include "cluster.class.defaultDeny" $arguments }}
  {{- include "cluster.class.resourceQuota" $arguments }}
  {{- include "cluster.class.limitRange" $arguments }}
  {{- range $role := include "cluster.roles" $ | fromYamlArray }}
    {{- include "cluster.class.roleBinding" (merge (dict "role" $role) $arguments) }}
  {{- end }}
  {{- range $job, $how := $service.startable }}
    {{- include "cluster.class.jobBinding" (merge (dict "job" $job) $arguments) }}
  {{- end }}
  {{- include "cluster.class.nodeClass" $arguments }}
  {{- include "cluster.class.nodePool" $arguments }}
{{- end }}
{{- end -}}
