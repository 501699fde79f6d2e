{{/*
Text as a quoted string of NGINX that means just itself, also where variables are replaced.
Takes the text. NGINX knows no escape for a dollar sign: `service.nginx.dollar` makes a variable that holds one.
*/}}
{{- define "service.nginx.quote" -}}
{{- if regexMatch "[[:cntrl:]]" . -}}
{{- fail (printf "text for NGINX: must be one line without control characters, got %q" .) -}}
{{- end -}}
"{{ . | replace "\\" "\\\\" | replace "\"" "\\\"" | replace "$" "${dollar}" }}"
{{- end -}}

{{/*
The variable that `service.nginx.quote` needs; values of `geo` are taken as they are.
Takes nothing.
*/}}
{{- define "service.nginx.dollar" -}}
geo $dollar {
    default "$";
}
{{- end -}}

{{/*
Text inside a quoted regular expression of NGINX, where it means just itself.
Takes the text.
*/}}
{{- define "service.nginx.literal" -}}
{{- . | regexQuoteMeta | replace "\\\\" "\\\\\\\\" | replace "\"" "\\\"" -}}
{{- end -}}

{{/*
Regular expression, without its anchor in front, of path patterns: `/status` is that path alone, `/api/*` all that begins so.
Takes a list of them. `\z` and not `$`, before which a line feed may stand.
*/}}
{{- define "service.nginx.paths" -}}
{{- $all := list -}}
{{- range . -}}
{{- $literal := include "service.nginx.literal" (trimSuffix "*" .) -}}
{{- $all = append $all (ternary $literal (print $literal "\\z") (hasSuffix "*" .)) -}}
{{- end -}}
(?:{{ join "|" $all }})
{{- end -}}

{{/*
A name as part of a variable's: `map-layers` is `map_layers`.
Takes the name.
*/}}
{{- define "service.nginx.variable" -}}
{{- . | replace "-" "_" -}}
{{- end -}}
