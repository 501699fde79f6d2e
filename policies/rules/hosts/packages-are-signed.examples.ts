import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const SOURCES = "/etc/apt/sources.list.d/platform.sources";
const LIST = "/etc/apt/sources.list";
const own = "Types: deb\nURIs: s3://packages/debian\nSuites: trixie\nSigned-By: /etc/apt/keyrings/a.asc\n";

export const examples: Examples = {
  good: [
    {
      title: "the own bucket, another source switched off",
      hosts: {
        web: { [SOURCES]: `# URIs: http://old\n${own}\nTypes: deb\nURIs: http://deb.debian.org\nEnabled: no\n` },
      },
    },
  ],
  bad: [
    { title: "no source", hosts: { web: { "/etc/apt/s3auth.conf": "" } }, finds: ["web sources"] },
    {
      title: "a stranger beside it, in the old spelling",
      hosts: { web: { [SOURCES]: own, [LIST]: "deb [trusted=yes] http://ppa.example.org/x trixie main" } },
      finds: [`web:${LIST} URIs`, `web:${LIST} Signed-By`, `web:${LIST} Trusted`],
    },
    {
      title: "signatures for those who like them",
      hosts: {
        web: {
          [SOURCES]: own,
          "/etc/apt/apt.conf.d/99": 'APT::Get::AllowUnauthenticated "true";\nAcquire::AllowInsecureRepositories "1";',
        },
      },
      finds: ["web Acquire::AllowInsecureRepositories", "web APT::Get::AllowUnauthenticated"],
    },
  ],
  unknown: [],
};

const CONF = /platform\.sources$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "take packages from strangers", /^URIs: .*$/m, "URIs: http://deb.debian.org/debian"),
  inFile(CONF, "look at no signature", "Types: deb", "Trusted: yes\nTypes: deb"),
  inFile(CONF, "take any key", /^Signed-By: .*$/m, ""),
  inFile(
    /apt\.conf\.d\/60/,
    "take unsigned indexes",
    'AllowInsecureRepositories "false"',
    'AllowInsecureRepositories "true"',
  ),
];
