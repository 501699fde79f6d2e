import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const TIMER = "/etc/systemd/system/platform-task-crl-refresh.timer";
const LIST = "/etc/platform/certificates.json";
const nginx = (file: string) => ({
  "/etc/nginx/nginx.conf": `http { server { listen 8001 ssl; ssl_verify_client on; ssl_crl ${file}; } }`,
});
const fetched = { [LIST]: '{"revocation": {"file": "/ca.crl"}}' };
const timer = (when: string) => ({
  [TIMER]: `[Timer]\nOnCalendar=${when}\nPersistent=true\n[Install]\nWantedBy=timers.target\n`,
});

export const examples: Examples = {
  good: [
    {
      title: "each quarter of an hour",
      hosts: { web: { ...nginx("/ca.crl"), ...fetched, ...timer("*-*-* *:00/15:00 UTC") } },
    },
  ],
  bad: [
    { title: "a list that nothing fetches", hosts: { web: nginx("/ca.crl") }, finds: [`web:${LIST} /ca.crl: timer`] },
    {
      title: "another list than the one that is read",
      hosts: { web: { ...nginx("/old.crl"), ...fetched, ...timer("hourly") } },
      finds: [`web:${LIST} /old.crl: timer`],
    },
    {
      title: "once a day, and only while it is up",
      hosts: { web: { ...fetched, [TIMER]: "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target" } },
      finds: [`web:${TIMER} OnCalendar`, `web:${TIMER} Persistent`],
    },
  ],
  unknown: [],
};

const TIMERS = /crl-refresh-\w+\.timer$/;

export const mutations: readonly Mutation[] = [
  onFile(TIMERS, "fetch no list", () => undefined),
  inFile(TIMERS, "fetch it once a day", /OnCalendar=.*/, "OnCalendar=daily"),
  inFile(/nginx\.conf$/, "refuse by another list", /ssl_crl [^;]*;/, "ssl_crl /etc/nginx/old.crl;"),
];
