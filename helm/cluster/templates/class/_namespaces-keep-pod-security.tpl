{{/*
Helm's `--create-namespace` on the first install of a service applies a bare Namespace under the same name of owner: all
labels would go, and with them what pods must be. Takes the root.
*/}}
{{- define "cluster.class.namespacesKeepPodSecurity" }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: namespaces-keep-pod-security
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "namespaces-keep-pod-security") | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [UPDATE]
        resources: [namespaces]
  validations:
    - expression: >-
        !("pod-security.kubernetes.io/enforce" in oldObject.metadata.?labels.orValue({}))
        || "pod-security.kubernetes.io/enforce" in object.metadata.?labels.orValue({})
      message: >-
        metadata/labels: must keep pod-security.kubernetes.io/enforce, got none. Namespaces are made by release cluster; install
        services without --create-namespace
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: namespaces-keep-pod-security
  labels:
    {{- include "cluster.labels" (dict "root" . "name" "namespaces-keep-pod-security") | nindent 4 }}
spec:
  policyName: namespaces-keep-pod-security
  validationActions: [Deny]
{{- end -}}
