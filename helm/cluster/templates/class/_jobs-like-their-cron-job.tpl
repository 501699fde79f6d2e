{{/*
A Job of an operator is its CronJob, field by field. Of a job on demand the arguments may differ, without `$(`, by which
the kubelet would put a secret into them. Takes the root. Bindings below name the CronJob for each job.
*/}}
{{- define "cluster.class.jobsLikeTheirCronJob" }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: jobs-like-their-cron-job
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "jobs-like-their-cron-job") | nindent 4 }}
spec:
  failurePolicy: Fail
  paramKind:
    apiVersion: batch/v1
    kind: CronJob
  {{- include "cluster.admission.jobs" . | nindent 2 }}
  variables:
    {{- include "cluster.admission.jobVariables" . | nindent 4 }}
  validations:
    {{- range $check := include "cluster.admission.jobChecks" . | fromYamlArray }}
    - expression: {{ $check.expression | quote }}
      messageExpression: {{ printf "%q + params.metadata.name" (printf "%s, as in CronJob " $check.message) | quote }}
      reason: Forbidden
    {{- end }}
{{- end -}}

{{/*
What the Job has, what its CronJob says, and whether its arguments may differ.
Takes the root.
*/}}
{{- define "cluster.admission.jobVariables" -}}
{{- $free := list -}}
{{- range $name, $service := .Values.services }}{{ range $job, $how := $service.startable }}
  {{- if eq $how "with-arguments" }}{{ $free = append $free (printf "%s/%s" $name $job) }}{{ end }}
{{- end }}{{ end -}}
- name: job
  expression: params.spec.jobTemplate.spec
- name: pod
  expression: object.spec.template.spec
- name: declared
  expression: params.spec.jobTemplate.spec.template.spec
- name: labels
  expression: object.spec.template.?metadata.?labels.orValue({})
- name: declaredLabels
  expression: params.spec.jobTemplate.spec.template.?metadata.?labels.orValue({})
- name: made
  expression: {{ list "batch.kubernetes.io/controller-uid" "batch.kubernetes.io/job-name" "controller-uid" "job-name" | toJson | quote }}
- name: free
  expression: {{ printf "request.namespace + \"/\" + params.metadata.name in %s" (toJson $free) | quote }}
{{- end -}}

{{/*
The comparison, as a YAML list. The API's defaults are in both by then: a CronJob's template gets those of a Job's.
Takes nothing.
*/}}
{{- define "cluster.admission.jobChecks" -}}
- message: "spec: must have the same fields"
  expression: >-
    variables.job.all(field, field == "template"
    || (field in object.spec && object.spec[field] == variables.job[field]))
- message: "spec: must run one pod, and one it made itself"
  expression: >-
    object.spec.?parallelism.orValue(1) == 1 && object.spec.?completions.orValue(1) == 1
    && !object.spec.?manualSelector.orValue(false)
- message: "spec/template/metadata/labels: must be the same"
  expression: >-
    variables.labels.all(key, key in variables.made
    || (key in variables.declaredLabels && variables.labels[key] == variables.declaredLabels[key]))
    && variables.declaredLabels.all(key, key in variables.labels)
- message: "spec/template/metadata/annotations: must be the same"
  expression: >-
    object.spec.template.?metadata.?annotations.orValue({})
    == params.spec.jobTemplate.spec.template.?metadata.?annotations.orValue({})
- message: "spec/template/spec: must be the same"
  expression: >-
    variables.pod.all(field, field == "containers"
    || (field in variables.declared && variables.pod[field] == variables.declared[field]))
    && variables.declared.all(field, field in variables.pod)
- message: "spec/template/spec/containers: must be the same, args too unless it is on demand"
  expression: >-
    size(variables.pod.containers) == size(variables.declared.containers)
    && variables.pod.containers.all(given, variables.declared.containers.exists(declared,
    declared.name == given.name
    && given.all(field, (field == "args" && variables.free)
    || (field in declared && given[field] == declared[field]))
    && declared.all(field, (field == "args" && variables.free) || field in given)))
- message: "spec/template/spec/containers: must have no $( in args, which reads variables, but where it stands"
  expression: >-
    variables.pod.containers.all(given, !given.?args.orValue([]).exists(argument, argument.contains("$("))
    || variables.declared.containers.exists(declared, declared.name == given.name
    && declared.?args.orValue([]) == given.?args.orValue([])))
{{- end -}}

{{/*
Says which CronJob a job is compared with: the one of its name in its namespace, which must be there.
Takes {root, name: the namespace, job}.
*/}}
{{- define "cluster.class.jobBinding" }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}-{{ .job }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  policyName: jobs-like-their-cron-job
  validationActions: [Deny]
  paramRef:
    name: {{ .job }}
    namespace: {{ .name }}
    parameterNotFoundAction: Deny
  matchResources:
    namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: {{ .name }}
    objectSelector:
      matchLabels:
        app.kubernetes.io/name: {{ .job }}
{{- end -}}
