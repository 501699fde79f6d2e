{{/*
The class of a request: first match wins. Hidden paths and paths of the edge's own are `-`, which is answered 404.
Takes the edge. Paths are compared decoded, without regard to case: some applications read them so (ADR 14).
*/}}
{{- define "service.nginx.edge.classes" -}}
map "$request_method:$uri" $route {
    default -;
    "~*^[^:]*:/\.edge/" -;
    {{- with .hidden }}
    "~*^[^:]*:{{ include "service.nginx.paths" . }}" -;
    {{- end }}
    "~^[^:]*:{{ include "service.nginx.literal" .health }}\z" _health;
    {{- range .routes }}
    "~*^{{ with .methods }}(?:{{ join "|" . }}){{ else }}[^:]*{{ end }}:{{ include "service.nginx.paths" .paths }}" {{ .class }};
    {{- end }}
}
{{- end -}}

{{/*
What the edge answers without asking anybody: its health, and 404 for `-`.
Takes the edge.
*/}}
{{- define "service.nginx.edge.own-answers" -}}
location ^~ /.edge/route/_health/ {
    access_log off;
    return 200 "ok\n";
}
location ^~ /.edge/route/-/ {
    return 404;
}
{{- end -}}
