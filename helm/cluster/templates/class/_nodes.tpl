{{/*
NodeClass of a service: what Terraform made for its nodes, found by name; their volumes under the service's own key.
Takes {root, name, values}. Bottlerocket, its patches and the metadata service's hop limit of one are Auto Mode's own.
*/}}
{{- define "cluster.class.nodeClass" }}
{{- $nodes := .values.nodes }}
---
apiVersion: eks.amazonaws.com/v1
kind: NodeClass
metadata:
  name: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  role: {{ $nodes.role }}
  subnetSelectorTerms:
    {{- range $nodes.subnets }}
    - tags:
        Name: {{ . }}
    {{- end }}
  securityGroupSelectorTerms:
    - tags:
        Name: {{ $nodes.securityGroup }}
  # Default deny is in the namespaces: here it would also cut off the drivers that AWS puts on every node.
  networkPolicy: DefaultAllow
  networkPolicyEventLogs: Enabled
  ephemeralStorage:
    size: {{ int $nodes.volumeGib }}Gi
    kmsKeyID: {{ $nodes.volumeKey }}
  advancedNetworking:
    associatePublicIPAddress: false
  advancedSecurity:
    kernelLockdown: integrity
  tags:
    {{- toYaml $nodes.tags | nindent 4 }}
{{- end -}}

{{/*
NodePool of a service: no other service's pods are on its nodes, for a pod names its pool.
Takes {root, name, values}.
*/}}
{{- define "cluster.class.nodePool" }}
{{- $nodes := .values.nodes }}
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: {{ .name }}
  labels:
    {{- include "cluster.labels" . | nindent 4 }}
spec:
  template:
    metadata:
      labels:
        platform.example.org/owner: {{ .values.owner }}
        platform.example.org/data: {{ .values.data }}
    spec:
      nodeClassRef:
        group: eks.amazonaws.com
        kind: NodeClass
        name: {{ .name }}
      requirements:
        {{- include "cluster.nodes.requirements" . | nindent 8 }}
      # Nodes are new each week anyway, with each new image. Expiry heeds no budget, only the budgets of pods.
      expireAfter: 336h
      terminationGracePeriod: {{ int $nodes.drainSeconds }}s
  disruption:
    consolidationPolicy: WhenEmptyOrUnderutilized
    consolidateAfter: 15m
    {{- include "cluster.nodes.budgets" . | nindent 4 }}
  limits:
    cpu: {{ $nodes.cpu | quote }}
    memory: {{ $nodes.memory }}
{{- end -}}

{{/*
What instances a node may be. Images are built for arm64. Local disks are not under our key; a node of more than 16
processors would take too many pods with it; spot instances leave within two minutes, before a job ends. Takes nothing.
*/}}
{{- define "cluster.nodes.requirements" -}}
- key: kubernetes.io/arch
  operator: In
  values: [arm64]
- key: karpenter.sh/capacity-type
  operator: In
  values: [on-demand]
- key: eks.amazonaws.com/instance-category
  operator: In
  values: [c, m, r]
- key: eks.amazonaws.com/instance-generation
  operator: Gt
  values: ["6"]
- key: eks.amazonaws.com/instance-cpu
  operator: In
  values: ["2", "4", "8", "16"]
- key: eks.amazonaws.com/instance-local-nvme
  operator: DoesNotExist
- key: eks.amazonaws.com/instance-encryption-in-transit-supported
  operator: In
  values: ["true"]
{{- end -}}

{{/*
Nodes go one at a time, and while people work, from 04:00 to 20:00, only if they are empty. Budgets know UTC alone.
Takes the arguments of the pool.
*/}}
{{- define "cluster.nodes.budgets" -}}
budgets:
  - nodes: "1"
  - nodes: "0"
    reasons: [Underutilized, Drifted]
    schedule: 0 4 * * *
    duration: 16h
{{- end -}}
