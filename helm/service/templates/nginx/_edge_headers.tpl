{{/*
Headers of requests as they are handed on: what the client said of itself on the way is replaced or left out.
Takes the edge. All others, credentials and Idempotency-Key among them, go through as they came.
*/}}
{{- define "service.nginx.edge.request-headers" -}}
{{- $client := include "service.nginx.edge.client" . -}}
proxy_set_header Host $host;
proxy_set_header Connection "";
proxy_set_header X-Forwarded-For {{ $client }};
proxy_set_header X-Forwarded-Proto https;
proxy_set_header X-Real-IP {{ $client }};
{{- if eq .requestId "keep-or-make" }}
proxy_set_header X-Request-ID $kept_id;
{{- end }}
{{- range include "service.nginx.edge.untrusted" . | fromJsonArray }}
proxy_set_header {{ . }} "";
{{- end }}
{{- end -}}

{{/*
Names of headers by which proxies and CloudFront speak of a client or of the address it asked for, as JSON; from a client
they are forgeries. Takes nothing.
*/}}
{{- define "service.nginx.edge.untrusted" -}}
{{- $names := list "Forwarded" "Proxy" "True-Client-IP" "X-Client-IP" "X-Cluster-Client-IP" "X-Original-URL" "X-Rewrite-URL" -}}
{{- range list "By" "Client-Cert" "Host" "Path" "Port" "Prefix" "Protocol" "Scheme" "Server" "Ssl" "Uri" -}}
{{- $names = append $names (print "X-Forwarded-" .) -}}
{{- end -}}
{{- range list "Address" "ASN" "City" "Country" "Country-Name" "Country-Region" "Country-Region-Name" "Header-Count" "Header-Order" "Http-Version" "JA3-Fingerprint" "JA4-Fingerprint" "Latitude" "Longitude" "Metro-Code" "Postal-Code" "Time-Zone" "TLS" -}}
{{- $names = append $names (print "CloudFront-Viewer-" .) -}}
{{- end -}}
{{- range list "Android" "Desktop" "IOS" "Mobile" "SmartTV" "Tablet" -}}
{{- $names = append $names (printf "CloudFront-Is-%s-Viewer" .) -}}
{{- end -}}
{{- toJson (append $names "CloudFront-Forwarded-Proto") -}}
{{- end -}}

{{/*
Headers of every answer, the edge's own included; those of the same names from behind are left out, so that each stands once.
Takes the edge.
*/}}
{{- define "service.nginx.edge.response-headers" -}}
{{- include "service.nginx.edge.added" . }}
{{- range $name, $_ := .headers }}
proxy_hide_header {{ $name }};
{{- end }}
{{- end -}}

{{/*
The added ones alone: a location that adds one of its own must repeat them.
Takes the edge.
*/}}
{{- define "service.nginx.edge.added" -}}
{{- $all := list -}}
{{- range $name, $value := .headers -}}
{{- $all = append $all (printf "add_header %s %s always;" $name (include "service.nginx.quote" $value)) -}}
{{- end -}}
{{- join "\n" $all -}}
{{- end -}}
