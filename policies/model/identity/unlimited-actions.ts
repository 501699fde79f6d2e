import { matchesWildcard } from "../wildcard.ts";

/**
 * Actions whose row in the Service Authorization Reference names no resource type that a grant must name, so that AWS can
 * only grant them on `*` (contents as of September 2026, read 2026-11-22), as patterns in lower case: a service's whole
 * `Describe*` stands here where next to all of it is so, and tells names and settings, never data.
 */
const UNLIMITED: Readonly<Record<string, readonly string[]>> = {
  "acm-pca": ["listcertificateauthorities"],
  "application-autoscaling": ["describescal*"],
  "aws-portal": ["view*"],
  ec2messages: ["*"],
  acm: ["listcertificates"],
  autoscaling: ["describe*"],
  backup: [
    "describerestorejob",
    "describebackupjob",
    "describecopyjob",
    "listbackupvaults",
    "listrestorejobs",
    "listbackupjobs",
    "listcopyjobs",
    "listprotectedresources",
  ],
  cloudformation: ["listexports", "validatetemplate", "estimatetemplatecost"],
  cloudfront: ["listdistributions", "list*policies", "listpublickeys", "listkeygroups"],
  cloudtrail: ["describetrails", "lookupevents", "listtrails"],
  cloudwatch: ["putmetricdata", "getmetricdata", "getmetricstatistics", "listmetrics", "describeanomalydetectors"],
  config: [
    ...["describe*", "putevaluations", "listdiscoveredresources", "batchgetresourceconfig", "getcompliancesummaryby*"],
    ...["getcompliancedetailsbyresource", "getdiscoveredresourcecounts", "getresourceconfighistory"],
    "getresourceevaluationsummary",
  ],
  dynamodb: ["listtables", "describelimits"],
  ec2: ["describe*", "getebsencryptionbydefault", "getebsdefaultkmskeyid", "getserialconsoleaccessstatus"],
  ecr: ["getauthorizationtoken", "describeregistry"],
  "ecr-public": ["getauthorizationtoken"],
  ecs: ["discoverpollendpoint", "listclusters", "listtaskdefinitions", "describetaskdefinition"],
  eks: ["listclusters", "describeaddonversions"],
  elasticloadbalancing: ["describe*"],
  guardduty: ["listdetectors"],
  health: ["describeeventaggregates", "describeevents", "describeeventtypes"],
  iam: ["getaccountpasswordpolicy", "getaccountsummary", "listaccountaliases", "listvirtualmfadevices"],
  kms: ["generaterandom", "listaliases", "listkeys"],
  lambda: ["listfunctions", "getaccountsettings", "listeventsourcemappings"],
  logs: ["describequeries", "stopquery", "describeresourcepolicies", "describedestinations"],
  organizations: ["describeorganization", "listaccounts"],
  pricing: ["*"],
  rds: [
    "describeaccountattributes",
    "describecertificates",
    "describedbengineversions",
    "describeorderabledbinstanceoptions",
  ],
  route53: [
    "listhostedzones",
    "listhostedzonesbyname",
    "listreusabledelegationsets",
    "gethostedzonecount",
    "testdnsanswer",
  ],
  s3: ["listallmybuckets", "getaccountpublicaccessblock"],
  secretsmanager: ["getrandompassword", "listsecrets"],
  servicequotas: ["list*"],
  sns: ["listtopics", "listsubscriptions"],
  sqs: ["listqueues"],
  ssm: [
    "describeautomationexecutions",
    "describeinstanceinformation",
    "describeinstanceproperties",
    "describeparameters",
    "describesessions",
    "getdeployablepatchsnapshotforinstance",
    "getmanifest",
    "listassociations",
    "listcommands",
    "putconfigurepackageresult",
    "putinventory",
  ],
  ssmmessages: ["createcontrolchannel", "createdatachannel", "opencontrolchannel", "opendatachannel"],
  sts: ["getcalleridentity", "decodeauthorizationmessage", "getsessiontoken"],
  tag: ["getresources", "gettagkeys", "gettagvalues"],
  xray: [
    "puttracesegments",
    "puttelemetryrecords",
    "getsamplingrules",
    "getsamplingtargets",
    "getsamplingstatisticsummaries",
  ],
};

/** Among them, what can be limited and reads more than settings: the data that a host was started with. */
const LIMITED: Readonly<Record<string, readonly string[]>> = { ec2: ["describeinstanceattribute"] };

/** Whether AWS can only grant an action, or all that a pattern matches, on every resource. */
export function isUnlimited(action: string): boolean {
  const [service = "", name = ""] = action.toLowerCase().split(":", 2);
  const isUnlimitedName = (UNLIMITED[service] ?? []).some((pattern) => matchesWildcard(pattern, name));
  return isUnlimitedName && !(LIMITED[service] ?? []).some((limited) => matchesWildcard(name, limited));
}
