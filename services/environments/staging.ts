import { days, defineEnvironment, gib } from "../define.ts";

/**
 * staging: where restores and failovers of services are practised: production in small, with gateways in one zone.
 * Account, repository, domain, ranges, CDN key, image and agent digest are documented examples; an adopter replaces them here and nowhere else.
 */
export const staging = defineEnvironment({
  name: "staging",
  short: "stg",
  account: "222222222222",
  repository: "example-org/platform",
  region: "eu-central-1",
  copyRegion: "eu-west-1",
  cidr: "10.20.0.0/16",
  zones: [
    { letter: "a", name: "eu-central-1a" },
    { letter: "b", name: "eu-central-1b" },
    { letter: "c", name: "eu-central-1c" },
  ],
  gatewaysPerZone: false,
  domain: { public: "staging.example.org", private: "staging.internal.example.org" },
  ranges: {
    clients: ["198.51.100.0/24"], // documentation range (RFC 5737)
    admins: ["203.0.113.16/28"], // documentation range (RFC 5737)
  },
  cloudFrontPrefixList: "pl-a3a144ca",
  cdnKeys: [
    {
      name: "2026-11", // example: its private half was thrown away
      publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4Qt8L8AYldVUiJvofQh5
Fq+JpUl6qoBLk2niwC20hud+otVD3pJEgUxhAG2wrKXo7Lc7WvvW6SilDCOQjiPc
pxRkzjW8VHX00N9SnM8fA6BwalUFzqGpcganSyxxB9yr58+ca1iWdV7P0XpdGCXQ
MAH3o5tMVe/aaKQ7Bx78p1+Rox++rncLGGs7GjIvj3UdtE3gvkOnj19uCCxQOQTk
ISVB9tCTHOphCt7IwLyZSLhQtuk6rWh4poCumGWuS7GwtljpqIHcunVNJWPgTQ7A
NWz9NBv6APlG/CIFp9GfGXbFyb3tt3I/An7ex5TcU9yiZNiVYzk/a20sMaLpj0hI
jQIDAQAB
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
  machines: { small: "t4g.small", medium: "t4g.large", large: "m7g.large" },
  databases: { small: "db.m6gd.large", medium: "db.m6gd.large", large: "db.m6gd.xlarge" },
  rootVolume: gib(20),
  volumeShare: 0.25,
  minimumReplicas: 2,
  logs: { keep: days(30), archive: days(90) }, // at least 30 days: TKT-4.15
  lock: "GOVERNANCE",
  mailKeysZone: "dkim.amazonses.com",
  alarmMail: "platform-alarms@staging.example.org",
  pagerMail: "pager@staging.example.org",
});
