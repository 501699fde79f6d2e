{{/*
Whoever may make Jobs may run any program as any service account of the namespace. So a Job of an operator must be named
after a CronJob that may be started; the next policy says what it may hold. Takes the root.
*/}}
{{- define "cluster.class.jobsOfOperators" }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: jobs-of-operators
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "jobs-of-operators") | nindent 4 }}
spec:
  failurePolicy: Fail
  {{- include "cluster.admission.jobs" . | nindent 2 }}
  variables:
    - name: startable
      expression: {{ include "cluster.admission.startable" . | quote }}
    - name: job
      expression: object.metadata.?labels[?"app.kubernetes.io/name"].orValue("")
  validations:
    - expression: request.namespace in variables.startable && variables.job in variables.startable[request.namespace]
      messageExpression: >-
        "metadata/labels/app.kubernetes.io/name: must be one of "
        + variables.startable[?request.namespace].orValue([]).join(", ") + ", which operators may start, got \""
        + variables.job + "\""
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: jobs-of-operators
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "jobs-of-operators") | nindent 4 }}
spec:
  policyName: jobs-of-operators
  validationActions: [Deny]
{{- end -}}

{{/*
What both policies judge: Jobs that members of the group make or change.
Takes nothing.
*/}}
{{- define "cluster.admission.jobs" -}}
matchConstraints:
  resourceRules:
    - apiGroups: [batch]
      apiVersions: [v1]
      operations: [CREATE, UPDATE]
      resources: [jobs]
matchConditions:
  - name: operator
    expression: request.userInfo.?groups.orValue([]).exists(group, group == "platform:operators")
{{- end -}}

{{/*
Jobs that may be started, by namespace, as a map in CEL.
Takes the root.
*/}}
{{- define "cluster.admission.startable" -}}
{{- $map := dict -}}
{{- range $name, $service := .Values.services }}{{ $_ := set $map $name (keys $service.startable | sortAlpha) }}{{ end -}}
{{- toJson $map -}}
{{- end -}}
