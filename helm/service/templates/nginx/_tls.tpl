{{/*
TLS of listening ports, for `http` and `stream`. The certificate's path is a variable: its files are read at each handshake,
so a renewed one needs no reload. Takes the lowest version: 1.2 or 1.3.
*/}}
{{- define "service.nginx.tls" -}}
map "" $certificate {
    default /etc/tls/tls.crt;
}
map "" $certificate_key {
    default /etc/tls/tls.key;
}
ssl_certificate $certificate;
ssl_certificate_key $certificate_key;
ssl_protocols {{ if eq . "1.2" }}TLSv1.2 {{ end }}TLSv1.3;
ssl_ciphers {{ include "service.nginx.tls.ciphers" . }};
ssl_session_tickets off;
{{- end -}}

{{/*
Suites of TLS 1.2 with forward secrecy and authenticated encryption, for certificates of either kind of key.
Takes nothing.
*/}}
{{- define "service.nginx.tls.ciphers" -}}
ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:
{{- print "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305" -}}
{{- end -}}
