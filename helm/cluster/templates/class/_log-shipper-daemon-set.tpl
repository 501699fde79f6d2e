{{/*
The log shipper on every node, those of add-ons too, until the node is gone: it heeds no taint.
Takes the root. Files of logs belong to root and its group; membership in that group is all it needs to read them.
*/}}
{{- define "cluster.class.logShipper" }}
{{- $name := include "cluster.names.logShipper" . }}
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  {{- include "cluster.logShipper.metadata" . | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "cluster.labels.logShipper" . | nindent 6 }}
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 25%
  template:
    metadata:
      labels:
        {{- include "cluster.labels" (dict "root" . "name" $name) | nindent 8 }}
      annotations:
        checksum/configuration: {{ include "cluster.logShipper.configuration" . | sha256sum }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      priorityClassName: node-agents
      tolerations:
        - operator: Exists
      # What it has read is on its way within seconds; what is not is read again.
      terminationGracePeriodSeconds: 60
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        supplementalGroups: [0]
        seccompProfile:
          type: RuntimeDefault
      containers:
        {{- include "cluster.logShipper.container" . | nindent 8 }}
      volumes:
        {{- include "cluster.logShipper.volumes" . | nindent 8 }}
{{- end -}}

{{/*
Grafana Alloy. It reports nothing to its makers.
Takes the root.
*/}}
{{- define "cluster.logShipper.container" -}}
{{- $shipper := .Values.logShipper -}}
- name: {{ include "cluster.names.logShipper" . }}
  image: {{ .Values.registry }}/{{ $shipper.image }}@{{ index .Values.images $shipper.image }}
  args:
    - run
    - --storage.path=/var/lib/alloy
    - --server.http.listen-addr=0.0.0.0:12345
    - --server.http.enable-pprof=false
    - --disable-reporting
    - /etc/alloy/config.alloy
  ports:
    - name: http
      containerPort: 12345
  startupProbe:
    httpGet:
      path: /-/ready
      port: 12345
    periodSeconds: 5
    failureThreshold: 24
  readinessProbe:
    httpGet:
      path: /-/ready
      port: 12345
    periodSeconds: 30
  livenessProbe:
    httpGet:
      path: /-/healthy
      port: 12345
    periodSeconds: 30
    failureThreshold: 10
  resources:
    {{- toYaml $shipper.resources | nindent 4 }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: [ALL]
  volumeMounts:
    - name: pods
      mountPath: /var/log/pods
      readOnly: true
    - name: configuration
      mountPath: /etc/alloy
      readOnly: true
    - name: tls
      mountPath: /etc/tls
      readOnly: true
    - name: positions
      mountPath: /var/lib/alloy
{{- end -}}

{{/*
Positions in files are lost with the pod: then it reads from the start, and Loki drops lines that it has already.
Takes the root.
*/}}
{{- define "cluster.logShipper.volumes" -}}
{{- $name := include "cluster.names.logShipper" . -}}
- name: pods
  hostPath:
    path: /var/log/pods
    type: Directory
- name: configuration
  configMap:
    name: {{ $name }}
- name: tls
  secret:
    secretName: {{ $name }}-tls
    defaultMode: 288 # 0440, for the group of root
- name: positions
  emptyDir:
    sizeLimit: 200Mi
{{- end -}}
