import { days, defineEnvironment, gib } from "../define.ts";

/**
 * dev: cheap, the same shape: gateways in one zone, the smallest machines, short retention.
 * Account, repository, domain, ranges, CDN key, image and agent digest are documented examples; an adopter replaces them here and nowhere else.
 */
export const dev = defineEnvironment({
  name: "dev",
  short: "dev",
  account: "111111111111",
  repository: "example-org/platform",
  region: "eu-central-1",
  copyRegion: "eu-west-1",
  cidr: "10.10.0.0/16",
  zones: [
    { letter: "a", name: "eu-central-1a" },
    { letter: "b", name: "eu-central-1b" },
    { letter: "c", name: "eu-central-1c" },
  ],
  gatewaysPerZone: false,
  domain: { public: "dev.example.org", private: "dev.internal.example.org" },
  ranges: {
    clients: ["198.51.100.0/24"], // documentation range (RFC 5737)
    admins: ["203.0.113.16/28"], // documentation range (RFC 5737)
  },
  cloudFrontPrefixList: "pl-a3a144ca",
  cdnKeys: [
    {
      name: "2026-11", // example: its private half was thrown away
      publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxMyj/1f81VcQ6dtxTva2
UBJKETcCs1AU7nhehAxkXhNSm7u1uMNM/Ke4PZ+v1IgQGYQjbRUO9IA14MNuaxdL
NYzZZClBaGPY8fxncVDtJJBWkzfXOF+qcythoyqQwUE3JxGJCsSfULISJkccWMbz
XMXGYw4OwNiJsdKmUmlsgDnQEl/NdAuFLK9xnFoq4wJ4R1n5slBfvxH3+5wv+d+0
OJ0tnLHBQnz/pYR8UzUkEBm8ichycZpWUt74FzZOFbqniahSH8ZBJ4w4k1HjNEW7
71EtLP9PHlbJsxYRkb1c72oIBtYoHVCpZUlX9j5HsWc0+XjXgIvbuNlqmGN5YFgA
uwIDAQAB
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
  machines: { small: "t4g.small", medium: "t4g.medium", large: "t4g.large" },
  databases: { small: "db.m6gd.large", medium: "db.m6gd.large", large: "db.m6gd.large" },
  rootVolume: gib(20),
  volumeShare: 0.1,
  minimumReplicas: 1,
  logs: { keep: days(30), archive: days(90) }, // at least 30 days: TKT-4.15
  unprotected: { reason: "holds no data of people and is rebuilt at will", until: "2027-11-30" },
  lock: "GOVERNANCE",
  mailKeysZone: "dkim.amazonses.com",
  alarmMail: "platform-alarms@dev.example.org",
  pagerMail: "pager@dev.example.org",
});
