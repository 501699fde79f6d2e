import { digest, hex, letters, type Shape, type Subject } from "./shape.ts";

/** Names and addresses by which AWS makes resources reachable. */

/** Of a Route 53 zone. */
export const zoneId: Shape = (subject) => `Z0${letters(subject, 18)}`;
const loadBalancerKind = ({ args }: Subject) => (args["load_balancer_type"] === "network" ? "net" : "app");
/** The last part of a load balancer's ARN. */
export const loadBalancerPath: Shape = (s) => `${loadBalancerKind(s)}/${s.name}/${hex(16)(s)}`;
/** `internal-` in front where it has private addresses alone. */
export const loadBalancerHost: Shape = (s) => {
  const host = `${s.args["internal"] === true ? "internal-" : ""}${s.name}-${hex(16)(s)}`;
  return loadBalancerKind(s) === "net"
    ? `${host}.elb.${s.region}.amazonaws.com`
    : `${host}.${s.region}.elb.amazonaws.com`;
};
/** Of an interface endpoint. */
export const endpointHost: Shape = (s) => `vpce-0${hex(16)(s)}-${hex(8, "dns")(s)}.vpce.${s.region}.vpce.amazonaws.com`;
/** Of a database; `prefix` tells the endpoints of a cluster apart. */
export const databaseHost = (prefix: string): Shape => {
  return (s) => `${s.name}.${prefix}${letters(s, 12).toLowerCase()}.${s.region}.rds.amazonaws.com`;
};
/** Of the Kubernetes API. */
export const clusterHost: Shape = (s) => `https://${hex(32)(s)}.gr7.${s.region}.eks.amazonaws.com`;
/** Of the tokens that a cluster gives its pods. */
export const clusterIssuer: Shape = (s) => `https://oidc.eks.${s.region}.amazonaws.com/id/${hex(32)(s)}`;

/** A public address of the ranges kept for documentation (RFC 5737). */
export function address(network: string): Shape {
  return (subject) => `${network}.${1 + (Number(`0x${digest(subject.seed).slice(0, 8)}`) % 254)}`;
}

/** The four of a public zone. */
export function nameServers(subject: Subject): readonly string[] {
  const number = Number(`0x${digest(subject.seed).slice(0, 4)}`) % 1000;
  return ["com", "net", "org", "co.uk"].map(
    (suffix, index) => `ns-${number + index * 512}.awsdns-${number % 64}.${suffix}`,
  );
}
