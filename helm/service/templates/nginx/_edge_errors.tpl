{{/*
The edge's own errors by status, as YAML: a code that never changes, and what a person reads (ALC-5.5).
Takes nothing.
*/}}
{{- define "service.nginx.edge.error-texts" -}}
"400": { code: BAD_REQUEST, fa: درخواست نامعتبر است }
"404": { code: NOT_FOUND, fa: نشانی درخواستی یافت نشد }
"405": { code: METHOD_NOT_ALLOWED, fa: این روش درخواست مجاز نیست }
"413": { code: PAYLOAD_TOO_LARGE, fa: حجم درخواست بیش از حد مجاز است }
"414": { code: URI_TOO_LONG, fa: نشانی درخواست بیش از حد طولانی است }
"429": { code: RATE_LIMIT_EXCEEDED, fa: تعداد درخواست‌ها بیش از حد مجاز است؛ لطفاً کمی بعد دوباره تلاش کنید }
"431": { code: HEADERS_TOO_LARGE, fa: سرآیندهای درخواست بیش از حد بزرگ هستند }
"500": { code: INTERNAL_ERROR, fa: خطای داخلی رخ داده است }
"501": { code: NOT_IMPLEMENTED, fa: این نوع درخواست پشتیبانی نمی‌شود }
"502": { code: BAD_GATEWAY, fa: سامانه پاسخ نداد؛ لطفاً کمی بعد دوباره تلاش کنید }
"503": { code: SERVICE_UNAVAILABLE, fa: سامانه موقتاً در دسترس نیست؛ لطفاً کمی بعد دوباره تلاش کنید }
"504": { code: GATEWAY_TIMEOUT, fa: پاسخ سامانه بیش از حد طول کشید؛ لطفاً کمی بعد دوباره تلاش کنید }
"505": { code: HTTP_VERSION_NOT_SUPPORTED, fa: این نسخهٔ HTTP پشتیبانی نمی‌شود }
{{- end -}}

{{/*
Which page a status has. 494 and 497 are NGINX' own names for oversized headers and clear text on a TLS port.
Takes nothing. Errors of the component behind are handed on as they are.
*/}}
{{- define "service.nginx.edge.error-pages" -}}
{{- range $status, $_ := include "service.nginx.edge.error-texts" . | fromYaml -}}
error_page {{ $status }} /.edge/error/{{ $status }};
{{ end -}}
error_page 494 =431 /.edge/error/431;
error_page 497 =400 /.edge/error/400;
{{- end -}}

{{/*
The pages: JSON of one form, kept by nobody, with when to come back (ALC-3.4). A body that came with a refused request
is not judged once more. Takes the edge.
*/}}
{{- define "service.nginx.edge.errors" -}}
{{- $edge := . -}}
location ^~ /.edge/error/ {
    internal;
    default_type "application/json; charset=utf-8";
    client_max_body_size 0;
    {{- include "service.nginx.edge.added" . | nindent 4 }}
    add_header Cache-Control no-store always;
    add_header Retry-After $pause always;
    add_header X-RateLimit-Remaining $remaining always;
    {{- if eq .errors "envelope-fa" }}
    add_header X-Correlation-ID $known_id always;
    {{- end }}
    {{- range $status, $error := include "service.nginx.edge.error-texts" . | fromYaml }}
    location = /.edge/error/{{ $status }} {
        return {{ $status }} '{"error":{"code":"{{ $error.code }}"{{ if eq $edge.errors "envelope-fa" }},"message_fa":"{{ $error.fa }}","correlation_id":"$known_id","details":[]{{ end }}}}';
    }
    {{- end }}
}
{{- end -}}

{{/*
Seconds after which a refused client may ask again: the time in which its class earns one request, 5 where nothing answers.
Takes the edge.
*/}}
{{- define "service.nginx.edge.pause" -}}
map $route $class_pause {
    default 1;
    {{- range .routes }}
    {{- if hasSuffix "r/m" .rate }}
    {{ .class }} {{ div (add 59 (trimSuffix "r/m" .rate)) (trimSuffix "r/m" .rate | int) }};
    {{- end }}
    {{- end }}
}
map $status $pause {
    429 $class_pause;
    503 5;
}
map $status $remaining {
    429 0;
}
{{- end -}}
