{{/*
The second line behind the applications' own masking (ALC-6.2, MUN-2.12): what looks like a credential, an address or a
person's number is taken out of every line, rather too much than too little. Takes nothing.
*/}}
{{- define "cluster.logShipper.masks" -}}
{{- $masks := concat (include "cluster.masks.credentials" . | fromYamlArray) (include "cluster.masks.persons" . | fromYamlArray) -}}
{{- range $index, $mask := $masks -}}
{{- if $index }}
{{ end -}}
stage.replace {
  expression = `{{ $mask.expression }}`
  replace    = `{{ $mask.replace }}`
}
{{- end }}
{{- end -}}

{{/*
Credentials, by the names they are given or by their shape. Only what stands in the brackets of an expression is replaced.
Quotes may be escaped, for a line may hold JSON in JSON.
*/}}
{{- define "cluster.masks.credentials" -}}
{{- $is := `\\*["']?\s*[:=]\s*\\*["']?` -}}
- expression: (?i:authorization){{ $is }}([^"'\\,}]+)
  replace: "[token]"
- expression: (?i:bearer)\s+([A-Za-z0-9._~+/=-]{8,})
  replace: "[token]"
- expression: \b(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9._-]{8,})
  replace: "[token]"
- expression: (?i:password|passwd|pwd|secret|token|api[_-]?key|session[_-]?id|cookie){{ $is }}([^"'\\,;&\s}\]]+)
  replace: "[secret]"
- expression: ://[^:/@\s]*:([^@/\s]+)@
  replace: "[secret]"
{{- end -}}

{{/*
Numbers and addresses of persons: national ids of ten digits, telephone numbers with or without the country's, in Latin,
Persian and Arabic digits, as they are or as JSON escapes them. A bare number becomes 0, so that JSON stays JSON.
*/}}
{{- define "cluster.masks.persons" -}}
- expression: ([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})
  replace: "[address]"
- expression: '":\s*([0-9]{10,12})\s*[,}]'
  replace: "0"
- expression: (?:^|[^\w.-])((?:\+|00)[1-9][0-9 ()-]{6,18}[0-9])\b
  replace: "[number]"
- expression: (?:^|[^\w.-])((?:0[1-9]|98[1-9])[0-9]{8,9})\b
  replace: "[number]"
- expression: (?:^|[^\w.-])(0[1-9][0-9]{1,2}[ -][0-9]{3,4}[ -]?[0-9]{4})\b
  replace: "[number]"
- expression: (?:^|[^\w.])([0-9]{10})\b
  replace: "[number]"
- expression: (?:^|[^\w.-])([0-9]{3}-[0-9]{6}-[0-9])\b
  replace: "[number]"
- expression: ((?:[۰-۹٠-٩]|\\+u06[fF][0-9]|\\+u066[0-9]){10,})
  replace: "[number]"
{{- end -}}
