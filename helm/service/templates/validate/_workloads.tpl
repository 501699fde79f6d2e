{{/*
Faults of what components and jobs have in common: names, variables, and what they need from elsewhere.
Takes the root.
*/}}
{{- define "service.validate.workloads" -}}
{{- range $path, $workload := include "service.workloads" . | fromJson -}}
  {{- $values := $workload.values -}}
  {{- if has $workload.name (list "tls" "exporter" "upload") -}}
    {{- include "service.fault" (dict "path" $path "rule" "another name than those of the platform's containers (tls, exporter, upload)" "got" $workload.name) -}}
  {{- end -}}
  {{- if and (eq $workload.kind "job") (hasKey $.Values.components $workload.name) -}}
    {{- include "service.fault" (dict "path" $path "rule" (print "a name that no component has: both would be the service account " $workload.name) "got" $workload.name) -}}
  {{- end -}}
  {{- if and $values.trustsDatabases (not $.Values.databaseAuthorities) -}}
    {{- include "service.fault" (dict "path" "databaseAuthorities" "rule" (printf "certificates in PEM, for %s trusts databases" $path)) -}}
  {{- end -}}
  {{- if and $values.upload (not (hasKey $values.scratch "/backup")) -}}
    {{- include "service.fault" (dict "path" (print $path "/scratch") "rule" "a map with /backup, where the upload finds what the job left" "got" (keys $values.scratch | sortAlpha | join ", ")) -}}
  {{- end -}}
  {{- include "service.validate.variables" (dict "root" $ "path" $path "values" $values) -}}
{{- end -}}
{{- end -}}

{{/*
Faults of variables: each stands in one place only, and is put together of secrets that are there: the kubelet would leave
an unknown `$(NAME)` as it stands. Takes {root, path, values}.
*/}}
{{- define "service.validate.variables" -}}
{{- $secrets := keys .values.secrets | sortAlpha -}}
{{- range $variable, $_ := .values.env -}}
  {{- if or (hasKey $.values.secrets $variable) (hasKey $.values.composed $variable) -}}
    {{- include "service.fault" (dict "path" (printf "%s/env/%s" $.path $variable) "rule" "in one of env, secrets and composed" "got" "several") -}}
  {{- end -}}
{{- end -}}
{{- range $variable, $value := .values.composed -}}
  {{- $path := printf "%s/composed/%s" $.path $variable -}}
  {{- if has $variable $secrets -}}
    {{- include "service.fault" (dict "path" $path "rule" "in one of env, secrets and composed" "got" "several") -}}
  {{- end -}}
  {{- range $reference := regexFindAll "\\$\\$|\\$\\([A-Za-z_][A-Za-z0-9_]*\\)" $value -1 -}}
    {{- $name := $reference | trimPrefix "$(" | trimSuffix ")" -}}
    {{- if and (ne $reference "$$") (not (has $name $secrets)) -}}
      {{- include "service.fault" (dict "path" $path "rule" (printf "of variables in secrets (%s)" (join ", " $secrets)) "got" $reference) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range $variable, $source := .values.secrets -}}
  {{- with $source.administrator -}}
    {{- include "service.validate.administrator" (dict "root" $.root "path" (printf "%s/secrets/%s" $.path $variable) "store" .) -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Faults of the secret of a managed database's administrator: it is in this account and region.
Takes {root, path: of the variable that wants it, store}.
*/}}
{{- define "service.validate.administrator" -}}
{{- $registry := splitList "." .root.Values.registry -}}
{{- $prefix := printf "arn:aws:secretsmanager:%s:%s:secret:" (index $registry 3) (index $registry 0) -}}
{{- $arn := index .root.Values.administratorSecretArns .store | default "" -}}
{{- if not (hasPrefix $prefix $arn) -}}
  {{- $rule := printf "%s<name>, for %s names it" $prefix .path -}}
  {{- include "service.fault" (dict "path" (print "administratorSecretArns/" .store) "rule" $rule "got" $arn) -}}
{{- end -}}
{{- end -}}
