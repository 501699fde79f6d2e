{{/*
Grafana Alloy's configuration: reads every file, labels lines, masks them, sends them. It drops nothing: while Loki is away
it reads no further, and the kubelet's files wait. Takes the root.
*/}}
{{- define "cluster.logShipper.configuration" -}}
logging {
  level  = "warn"
  format = "json"
}

local.file_match "pods" {
  path_targets = [{ __path__ = "/var/log/pods/*/*/*.log" }]
}
{{ include "cluster.logShipper.targets" . }}
loki.source.file "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  forward_to = [loki.write.loki.receiver]

  // The line as the container wrote it, at the time it did.
  stage.cri {}

{{ include "cluster.logShipper.labels" . | indent 2 }}

{{ include "cluster.logShipper.masks" . | indent 2 }}
}
{{ include "cluster.logShipper.loki" . }}
{{- end -}}

{{/*
Where a file's lines come from: /var/log/pods/<namespace>_<pod>_<uid>/<container>/<restarts>.log. A component is a pod's name
without colour, hash of the Deployment, minute or number of the job, and random end; of all else it is the whole name.
*/}}
{{- define "cluster.logShipper.targets" }}
discovery.relabel "pods" {
  targets = local.file_match.pods.targets
{{- range $label, $group := dict "service" 1 "pod" 2 "container" 3 }}

  rule {
    source_labels = ["__path__"]
    regex         = `/var/log/pods/([^_/]+)_([^_/]+)_[^_/]+/([^/]+)/[^/]+`
    target_label  = "{{ $label }}"
    replacement   = "${{ $group }}"
  }
{{- end }}

  rule {
    source_labels = ["pod"]
    target_label  = "component"
  }

  rule {
    source_labels = ["pod"]
    regex         = `{{ include "cluster.logShipper.component" . }}`
    target_label  = "component"
  }
}
{{ end -}}

{{/*
Kubernetes makes hashes and random ends of these letters: util/rand of k8s.io/apimachinery.
Takes nothing.
*/}}
{{- define "cluster.logShipper.component" -}}
{{- $random := "[bcdfghjklmnpqrstvwxz2456789]" -}}
(.+?)(?:-(?:blue|green))?(?:-{{ $random }}{6,10}|-[0-9]{1,10})?-{{ $random }}{5}
{{- end -}}

{{/*
Labels of a line that is JSON (ALC-6.1): level, class of its status, outcome, and `stream` of a line that belongs to an
audit trail, by which Loki keeps it for a year (MUN-3.13). Values are words from short lists or shapes, so that no line makes
a stream of its own and nothing personal becomes a label.
*/}}
{{- define "cluster.logShipper.labels" -}}
// The container runtime's `stream`, stdout or stderr, makes way for the line's own.
stage.label_drop {
  values = ["filename", "stream"]
}

stage.json {
  expressions = { level_given = "level", status_given = "status", outcome_given = "outcome", stream_given = "stream" }
}

stage.regex {
  source     = "level_given"
  expression = `^(?P<level>(?i:trace|debug|info|notice|warn|warning|error|critical|fatal))$`
}

stage.template {
  source   = "level"
  template = `{{ "{{ if .level }}{{ ToLower .level }}{{ else }}unknown{{ end }}" }}`
}

stage.regex {
  source     = "status_given"
  expression = `^(?P<status_class>[1-5])[0-9]{2}$`
}

stage.template {
  source   = "status_class"
  template = `{{ "{{ if .status_class }}{{ .status_class }}xx{{ end }}" }}`
}

stage.regex {
  source     = "outcome_given"
  expression = `^(?P<outcome>[a-z][a-z_]{0,31})$`
}

stage.regex {
  source     = "stream_given"
  expression = `^(?P<audit>(?i:audit))$`
}

stage.template {
  source   = "stream"
  template = `{{ "{{ if .audit }}audit{{ end }}" }}`
}

stage.labels {
  values = { level = "", status_class = "", outcome = "", stream = "" }
}
{{- end -}}

{{/*
Loki, known by the internal authority. It is tried again for as long as it takes.
Takes the root.
*/}}
{{- define "cluster.logShipper.loki" }}
loki.write "loki" {
  external_labels = { environment = "{{ .Values.environment }}", cluster = "{{ .Values.cluster }}" }

  endpoint {
    url                 = "{{ .Values.logShipper.endpoint }}/loki/api/v1/push"
    max_backoff_period  = "1m"
    max_backoff_retries = 0 // no end

    tls_config {
      ca_file     = "/etc/tls/ca.crt"
      cert_file   = "/etc/tls/tls.crt"
      key_file    = "/etc/tls/tls.key"
      min_version = "TLS12"
    }
  }
}
{{- end -}}
