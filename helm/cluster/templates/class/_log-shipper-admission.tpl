{{/*
What Pod Security `privileged` opens in the log shipper's namespace, closed again but for one directory of the node, read
only. Takes the root. `baseline` and `restricted` know no exception for a directory.
*/}}
{{- define "cluster.class.logShipperAdmission" }}
{{- $name := include "cluster.names.logShipper" . }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ $name }}
  labels:
    {{- include "cluster.labels" (dict "root" . "name" $name) | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [pods, pods/ephemeralcontainers]
  variables:
    - name: pod
      expression: object.spec
    - name: containers
      expression: >-
        object.spec.containers + object.spec.?initContainers.orValue([])
        + object.spec.?ephemeralContainers.orValue([])
    - name: host
      expression: object.spec.?volumes.orValue([]).filter(volume, has(volume.hostPath))
  validations:
    {{- range $check := include "cluster.admission.logShipperChecks" . | fromYamlArray }}
    - expression: {{ $check.expression | quote }}
      message: {{ $check.message | quote }}
      reason: Forbidden
    {{- end }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ $name }}
  labels:
    {{- include "cluster.labels" (dict "root" . "name" $name) | nindent 4 }}
spec:
  policyName: {{ $name }}
  validationActions: [Deny]
  matchResources:
    namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: {{ $name }}
{{- end -}}

{{/*
The rules of `restricted` that matter beside the one it lacks.
Takes nothing.
*/}}
{{- define "cluster.admission.logShipperChecks" -}}
- message: "spec/volumes: of the node only /var/log/pods, mounted read-only"
  expression: >-
    variables.host.all(volume, volume.hostPath.path == "/var/log/pods")
    && variables.containers.all(container, container.?volumeMounts.orValue([]).all(mount,
    !variables.host.exists(volume, volume.name == mount.name) || mount.?readOnly.orValue(false)))
- message: "spec: no network, processes, users or ports of the node"
  expression: >-
    !variables.pod.?hostNetwork.orValue(false) && !variables.pod.?hostPID.orValue(false)
    && !variables.pod.?hostIPC.orValue(false) && variables.containers.all(container,
    container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0))
- message: "spec/containers: must run as a user other than root, without capabilities, privileges or a way to them"
  expression: >-
    variables.pod.?securityContext.?runAsNonRoot.orValue(false)
    && variables.containers.all(container, container.?securityContext.?runAsNonRoot.orValue(true)
    && container.?securityContext.?runAsUser.orValue(1) != 0
    && !container.?securityContext.?privileged.orValue(false)
    && !container.?securityContext.?allowPrivilegeEscalation.orValue(true)
    && container.?securityContext.?capabilities.?drop.orValue([]).exists(name, name == "ALL")
    && size(container.?securityContext.?capabilities.?add.orValue([])) == 0)
{{- end -}}
