{{/*
Name of the Kubernetes Secret with a workload's secrets. The driver fills one when it makes it and adds no key to one
that is there: other secrets need another name, or new pods would wait for the next round of rotation. Takes a workload.
*/}}
{{- define "service.secrets.name" -}}
{{- printf "%s-secrets-%s" .name (.values.secrets | toJson | sha256sum | trunc 8) -}}
{{- end -}}

{{/*
File name of a secret in the mounted volume: the driver refuses two objects of one name, and two variables may share one.
Takes a value of `secrets`.
*/}}
{{- define "service.secrets.alias" -}}
{{- range $kind, $name := . }}{{ printf "%s-%s" $kind ($name | trimPrefix "/" | replace "/" "-") }}{{ end -}}
{{- end -}}
