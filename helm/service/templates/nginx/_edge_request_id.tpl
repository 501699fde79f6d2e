{{/*
Ids of requests. The client's is never overwritten (ALC-7.1, MUN-3.1); in logs and errors it stands only where it is harmless
in JSON. One that is missing is made as a UUID of version 4. Takes the edge.
*/}}
{{- define "service.nginx.edge.request-id" -}}
map $request_id $made_id {
    "~^(?<a>.{8})(?<b>.{4}).(?<c>.{3}).(?<d>.{3})(?<e>.{12})\z" $a-$b-4$c-a$d-$e;
}
map $http_x_request_id $known_id {
    default $made_id;
    "~^[A-Za-z0-9._-]{1,128}\z" $http_x_request_id;
}
{{- if eq .requestId "keep-or-make" }}
map $http_x_request_id $kept_id {
    default $http_x_request_id;
    "" $made_id;
}
{{- end }}
{{- end -}}
