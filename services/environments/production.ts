import { days, defineEnvironment, gib } from "../define.ts";

/**
 * production: three zones, nothing shared, nothing that can be deleted by mistake.
 * Account, repository, domain, ranges, CDN key, image and agent digest are documented examples; an adopter replaces them here and nowhere else.
 */
export const production = defineEnvironment({
  name: "production",
  short: "prd",
  account: "333333333333",
  repository: "example-org/platform",
  region: "eu-central-1",
  copyRegion: "eu-west-1",
  cidr: "10.30.0.0/16",
  zones: [
    { letter: "a", name: "eu-central-1a" },
    { letter: "b", name: "eu-central-1b" },
    { letter: "c", name: "eu-central-1c" },
  ],
  gatewaysPerZone: true,
  domain: { public: "example.org", private: "production.internal.example.org" },
  ranges: {
    clients: ["198.51.100.0/24"], // documentation range (RFC 5737)
    admins: ["203.0.113.16/28"], // documentation range (RFC 5737)
  },
  cloudFrontPrefixList: "pl-a3a144ca",
  cdnKeys: [
    {
      name: "2026-11", // example: its private half was thrown away
      publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzmDt+8xkzA7FzEk6lu70
LOZR7w+l9xszuuVenZaU0PzP1Dze1XJ5DBSLm/xX4JJeUhnPXxOYhpR7R5oGVFOB
UQ54oxL47qtocaMDiPP4Bv+mQWffN1r5I/Fz/D7s4ZLKWg9oGOB8oE6RQch+uc67
Ezkj9FwEtzUJ/xfz6mOHRZTpT6i/ozfSTqajSRoMO6EuDJjXpJdZP0hZPeP4iXVT
ssvjL8TWK5BYR+KAFlDni1fIR9HN5/FRN/+WAKH0YWvC9n2tmRYCjsf1YCDh74lF
bQ2VQmHrNaqb82MUE1PLNtKJ7aCujy7NiiUduZ556nbVwctLsh9G3NXoX3nW44NW
SQIDAQAB
-----END PUBLIC KEY-----
`,
    },
  ],
  machineImage: "ami-0d13a0000000000e1", // Debian 13, arm64
  ssmAgent: {
    version: "3.3.3050.0",
    sha256: "0000000000000000000000000000000000000000000000000000000000000000",
  },
  packageKey: `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawHahRYJKwYBBAHaRw8BAQdAQTKEKSykOzOa7N1WeIXGGeB8JHgw9porMWn7
zcRUUi20ElBhY2thZ2VzIChleGFtcGxlKYiQBBMWCAA4FiEEi90vl5VRfAj6MV6C
Xv8oKuiXCkQFAmsB2oUCGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQXv8o
KuiXCkSvUAEA3mi16fxYEXAwlyswcF2nqAAcGLTXEjEp03gD0eSxkeEBAJoStI5k
1yIPzz1dLToQYPzALkbz7S6OkSHf4uITytgN
=JOOU
-----END PGP PUBLIC KEY BLOCK-----
`, // example: its private half was thrown away
  machines: { small: "m7g.medium", medium: "m7g.large", large: "r7g.xlarge" },
  databases: { small: "db.m6gd.large", medium: "db.m6gd.xlarge", large: "db.r6gd.2xlarge" },
  rootVolume: gib(20),
  volumeShare: 1,
  minimumReplicas: 3,
  logs: { keep: days(90), archive: days(400) }, // at least 30 days: TKT-4.15
  lock: "COMPLIANCE",
  mailKeysZone: "dkim.amazonses.com",
  alarmMail: "platform-alarms@example.org",
  pagerMail: "pager@example.org",
});
