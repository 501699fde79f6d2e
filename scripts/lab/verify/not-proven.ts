/** What no check of a lab can prove, and where it is looked at instead. Printed after every `verify`. */
export const notProven: readonly string[] = [
  "audit rules (BRK-24.6): a container has no audit of its own; rules are loaded in the cloud alone",
  "clock: containers have the machine's; chrony's settings are checked by chronyd, its synchronisation is not",
  "EFS: no NFS server; mount unit and options are rendered, nothing is mounted",
  "block volumes: data lies on the host's own files; no volume is formatted or grown",
  "vm.*, kernel.* and fs.* settings: read-only in a container; rendered, not applied",
  "limits of memory and processor, watchdogs, LimitNOFILE above the machine's own",
  "IAM: the stand-in for AWS lets every role do everything; policies are judged on the plans",
  "Object Lock: the stand-in keeps objects, and enforces no retention",
  "Session Manager: the controller comes by the host's first process, not by the agent; no session ends for want of input, or by a restart of its host",
  "security groups, network ACLs, routes, network firewall: one bridge carries all; host firewalls alone filter here",
  "web firewall and managed certificates of the load balancers; headers that load balancers add",
  "certificates of the broker's authority: signed by its stand-in; that people get requests, judge and sign them is a procedure",
  "MongoDB and its exporter: no package that may be shipped; their roles are rendered and never run",
  "Loki, Tempo and Grafana: Debian has no package of them; their roles are rendered and never run",
  "mail of Alertmanager, and pods in Prometheus: nothing takes mail, and no API of a cluster answers",
  "arm64: hosts of a lab have the machine's own architecture",
];
