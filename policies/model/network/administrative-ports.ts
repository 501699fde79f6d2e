import { type PortSet, portRange, portsOf, unionPorts } from "../ports.ts";
import { type Protocol, TCP, UDP } from "./protocol.ts";

/**
 * Ports over which machines are governed, data is read without going through its application, or a system tells about
 * itself: never for the internet. Names as IANA has them, or the software that listens there.
 */
const OVER_TCP: PortSet = unionPorts([
  // Files and remote control: FTP, SSH, Telnet, remote shells, SMB, rsync, NFS, iSCSI, RDP, VNC, WinRM.
  portsOf(20, 21, 22, 23, 445, 873, 2049, 3260, 3389),
  ...[portRange(135, 139), portRange(512, 514), portRange(5900, 5910), portRange(5985, 5986)],
  // Directories and naming: rpcbind, LDAP, ZooKeeper, etcd, Consul, Patroni, Sentinel.
  portsOf(111, 389, 636, 2181, 8008, 8500, 8501, 8502, 26_379),
  ...[portRange(2379, 2380), portRange(3268, 3269), portRange(8300, 8302)],
  // Databases and caches: SQL Server, Oracle, MySQL, PostgreSQL, PgBouncer, Redis, CouchDB, Cassandra, Neo4j, InfluxDB,
  // Couchbase, memcached, MongoDB.
  portsOf(1433, 1434, 1521, 2483, 2484, 3306, 5984, 7199, 7474, 7687, 8086, 9042, 9160, 11_211, 28_017, 33_060),
  ...[portRange(5432, 5433), portsOf(6432), portRange(6379, 6380), portRange(7000, 7001), portRange(8091, 8096)],
  portRange(27_017, 27_020),
  // Queues: AMQP, RabbitMQ's console, Kafka and monitoring beside it, ActiveMQ.
  ...[portRange(5671, 5672), portRange(9090, 9099), portsOf(15_672, 61_616)],
  // Engines of containers, nodes of Kubernetes, secrets, notebooks, consoles of applications, virus scanners, logs, traces.
  ...[portRange(2375, 2377), portRange(10_248, 10_260), portRange(4317, 4318)],
  portsOf(3100, 3200, 3310, 4194, 4505, 4506, 5601, 6443, 8080, 8200, 8201, 8888, 9000),
  // Exporters of metrics, Elasticsearch.
  portRange(9100, 9999),
]);

/** TFTP, rpcbind, NetBIOS, SNMP, LDAP, syslog, IPMI, SQL Server, NFS, SSDP, RDP, memcached. */
const OVER_UDP: PortSet = unionPorts([
  portsOf(69, 111, 389, 514, 623, 1434, 1900, 2049, 3389, 11_211),
  ...[portRange(137, 138), portRange(161, 162)],
]);

/** By protocol. */
export const administrativePorts: readonly (readonly [protocol: Protocol, ports: PortSet])[] = [
  [TCP, OVER_TCP],
  [UDP, OVER_UDP],
];
