import type { Protocol, ProtocolRange } from "./protocols.ts";

/**
 * What each named policy of AWS allows. A name that is not in here is not trusted: it may be misspelt, or newer than this
 * table, which is then brought up to date from the page named beside it.
 */
export interface PolicyTable {
  /** The page of AWS's documentation that it was read from. */
  readonly source: string;
  /** When. */
  readonly readOn: string;
  /** Used where none is named, as the same page says for calls by API; absent: a policy must be named to be known. */
  readonly byDefault: string | undefined;
  readonly ranges: ReadonlyMap<string, ProtocolRange>;
}

type Trait = "forward-secret" | "post-quantum";

/** All policies that allow the same. */
const same = (
  lowest: Protocol,
  highest: Protocol,
  traits: readonly Trait[],
  names: readonly string[],
): readonly (readonly [string, ProtocolRange])[] => {
  const range = {
    lowest,
    highest,
    forwardSecret: traits.includes("forward-secret"),
    postQuantum: traits.includes("post-quantum"),
  };
  return names.map((name) => [name, range] as const);
};

const elb = (...names: readonly string[]): readonly string[] => names.map((name) => `ELBSecurityPolicy-${name}`);

/** Listeners of application and network load balancers. */
export const loadBalancerPolicies: PolicyTable = {
  source: "Elastic Load Balancing, Security policies for your Application Load Balancer (and Network Load Balancer)",
  readOn: "2026-11-22",
  byDefault: "ELBSecurityPolicy-2016-08",
  ranges: new Map([
    ...same(
      "TLSv1.3",
      "TLSv1.3",
      ["forward-secret", "post-quantum"],
      [...elb("TLS13-1-3-PQ-2025-09", "TLS13-1-3-FIPS-PQ-2025-09")],
    ),
    ...same("TLSv1.3", "TLSv1.3", ["forward-secret"], elb("TLS13-1-3-2021-06", "TLS13-1-3-FIPS-2023-04")),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      ["forward-secret", "post-quantum"],
      [
        ...elb("TLS13-1-2-PQ-2025-09", "TLS13-1-2-Res-PQ-2025-09"),
        ...elb("TLS13-1-2-FIPS-PQ-2025-09", "TLS13-1-2-Res-FIPS-PQ-2025-09", "TLS13-1-2-Ext0-FIPS-PQ-2025-09"),
      ],
    ),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      ["forward-secret"],
      [
        ...elb("TLS13-1-2-2021-06", "TLS13-1-2-Res-2021-06"),
        ...elb("TLS13-1-2-FIPS-2023-04", "TLS13-1-2-Res-FIPS-2023-04", "TLS13-1-2-Ext0-FIPS-2023-04"),
      ],
    ),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      ["post-quantum"],
      [
        ...elb("TLS13-1-2-Ext1-PQ-2025-09", "TLS13-1-2-Ext2-PQ-2025-09"),
        ...elb("TLS13-1-2-Ext1-FIPS-PQ-2025-09", "TLS13-1-2-Ext2-FIPS-PQ-2025-09"),
      ],
    ),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      [],
      [
        ...elb("TLS13-1-2-Ext1-2021-06", "TLS13-1-2-Ext2-2021-06"),
        ...elb("TLS13-1-2-Ext1-FIPS-2023-04", "TLS13-1-2-Ext2-FIPS-2023-04"),
      ],
    ),
    ...same("TLSv1.1", "TLSv1.3", [], elb("TLS13-1-1-2021-06", "TLS13-1-1-FIPS-2023-04")),
    ...same("TLSv1", "TLSv1.3", ["post-quantum"], elb("TLS13-1-0-PQ-2025-09", "TLS13-1-0-FIPS-PQ-2025-09")),
    ...same("TLSv1", "TLSv1.3", [], elb("TLS13-1-0-2021-06", "TLS13-1-0-FIPS-2023-04")),
    ...same(
      "TLSv1.2",
      "TLSv1.2",
      ["forward-secret"],
      elb("FS-1-2-Res-2020-10", "FS-1-2-Res-2019-08", "FS-1-2-2019-08"),
    ),
    ...same("TLSv1.2", "TLSv1.2", [], elb("TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06")),
    ...same("TLSv1.1", "TLSv1.2", ["forward-secret"], elb("FS-1-1-2019-08")),
    ...same("TLSv1.1", "TLSv1.2", [], elb("TLS-1-1-2017-01")),
    ...same("TLSv1", "TLSv1.2", ["forward-secret"], elb("FS-2018-06")),
    ...same("TLSv1", "TLSv1.2", [], elb("2016-08", "2015-05", "TLS-1-0-2015-04")),
  ]),
};

/** Listeners of classic load balancers. */
export const classicPolicies: PolicyTable = {
  source: "Elastic Load Balancing, Predefined SSL security policies for Classic Load Balancers",
  readOn: "2026-11-22",
  byDefault: "ELBSecurityPolicy-2016-08",
  ranges: new Map([
    ...same("TLSv1.2", "TLSv1.2", [], elb("TLS-1-2-2017-01")),
    ...same("TLSv1.1", "TLSv1.2", [], elb("TLS-1-1-2017-01")),
    ...same("TLSv1", "TLSv1.2", [], elb("2016-08", "2015-05", "2015-03", "2015-02")),
    ...same("SSLv3", "TLSv1.2", [], elb("2014-10", "2014-01", "2011-08")),
  ]),
};

/** `minimum_protocol_version` of CloudFront; it offers a post-quantum key exchange with each of them. */
export const distributionPolicies: PolicyTable = {
  source: "Amazon CloudFront, Supported protocols and ciphers between viewers and CloudFront",
  readOn: "2026-11-22",
  byDefault: "TLSv1",
  ranges: new Map([
    ...same("TLSv1.3", "TLSv1.3", ["forward-secret", "post-quantum"], ["TLSv1.3_2025"]),
    ...same("TLSv1.2", "TLSv1.3", ["forward-secret", "post-quantum"], ["TLSv1.2_2025", "TLSv1.2_2021", "TLSv1.2_2019"]),
    ...same("TLSv1.2", "TLSv1.3", ["post-quantum"], ["TLSv1.2_2018"]),
    ...same("TLSv1.1", "TLSv1.3", ["post-quantum"], ["TLSv1.1_2016"]),
    ...same("TLSv1", "TLSv1.3", ["post-quantum"], ["TLSv1", "TLSv1_2016"]),
    ...same("SSLv3", "TLSv1.3", ["post-quantum"], ["SSLv3"]),
  ]),
};

const enhanced = (...names: readonly string[]): readonly string[] => names.map((name) => `SecurityPolicy_${name}`);

/** Endpoints and domain names of API Gateway. By default its own endpoints, but private ones, use the first of them. */
export const apiPolicies: PolicyTable = {
  source: "Amazon API Gateway, Supported security policies",
  readOn: "2026-11-22",
  byDefault: undefined,
  ranges: new Map([
    ...same("TLSv1", "TLSv1.3", [], ["TLS_1_0"]),
    ...same("TLSv1.2", "TLSv1.3", [], ["TLS_1_2", ...enhanced("TLS13_1_2_2021_06", "TLS12_2018_EDGE")]),
    ...same("TLSv1.2", "TLSv1.3", ["post-quantum"], enhanced("TLS13_1_2_PQ_2025_09", "TLS13_1_2_FIPS_PQ_2025_09")),
    ...same("TLSv1.2", "TLSv1.3", ["forward-secret"], enhanced("TLS12_PFS_2025_EDGE")),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      ["forward-secret", "post-quantum"],
      [...enhanced("TLS13_1_2_PFS_PQ_2025_09", "TLS13_1_2_FIPS_PFS_PQ_2025_09")],
    ),
    ...same(
      "TLSv1.3",
      "TLSv1.3",
      ["forward-secret"],
      [...enhanced("TLS13_1_3_2025_09", "TLS13_1_3_FIPS_2025_09", "TLS13_2025_EDGE")],
    ),
  ]),
};

/** Domains of OpenSearch and Elasticsearch. */
export const searchPolicies: PolicyTable = {
  source: "Amazon OpenSearch Service, API reference, DomainEndpointOptions",
  readOn: "2026-11-22",
  byDefault: "Policy-Min-TLS-1-0-2019-07",
  ranges: new Map([
    ...same("TLSv1", "TLSv1.2", [], ["Policy-Min-TLS-1-0-2019-07"]),
    ...same("TLSv1.2", "TLSv1.2", [], ["Policy-Min-TLS-1-2-2019-07"]),
    ...same(
      "TLSv1.2",
      "TLSv1.3",
      ["forward-secret"],
      [...["Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"]],
    ),
  ]),
};

/** Domain configurations of IoT Core. */
export const thingsPolicies: PolicyTable = {
  source: "AWS IoT Core, Transport security: configuring TLS settings in domain configurations",
  readOn: "2026-11-22",
  byDefault: "IoTSecurityPolicy_TLS13_1_2_2022_10",
  ranges: new Map([
    ...same("TLSv1.3", "TLSv1.3", ["forward-secret"], ["IoTSecurityPolicy_TLS13_1_3_2022_10"]),
    ...same("TLSv1.2", "TLSv1.3", [], ["IoTSecurityPolicy_TLS13_1_2_2022_10"]),
    ...same("TLSv1.2", "TLSv1.2", [], ["IoTSecurityPolicy_TLS12_1_2_2022_10"]),
    ...same("TLSv1", "TLSv1.2", [], ["IoTSecurityPolicy_TLS12_1_0_2016_01", "IoTSecurityPolicy_TLS12_1_0_2015_01"]),
  ]),
};

/** Load balancers of Lightsail. */
export const lightsailPolicies: PolicyTable = {
  source: "Amazon Lightsail, Configuring TLS security policies on your Amazon Lightsail load balancers",
  readOn: "2026-11-22",
  byDefault: "TLS-2016-08",
  ranges: new Map([
    ...same("TLSv1", "TLSv1.2", [], ["TLS-2016-08"]),
    ...same("TLSv1.2", "TLSv1.2", ["forward-secret"], ["TLS-FS-1-2-Res-2019-08"]),
  ]),
};
