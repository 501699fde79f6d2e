import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const FOLDER = "/etc/systemd/system";
const TIMER = `${FOLDER}/platform-certificates.timer`;
const LIST = "/etc/platform/certificates.json";
const certificates = (days: number, by = "host") => ({
  [LIST]: JSON.stringify({ certificates: [{ name: "internal", days, issued_by: by }] }),
});
const timer = (path: string, when: string) => ({
  [path]: `[Timer]\nOnCalendar=${when}\nPersistent=true\n[Install]\nWantedBy=timers.target\n`,
});

export const examples: Examples = {
  good: [
    { title: "a week, looked after each hour", hosts: { web: { ...certificates(7), ...timer(TIMER, "hourly") } } },
    {
      title: "three months, brought by people, told of each day",
      hosts: {
        web: {
          ...certificates(90, "people"),
          ...timer(`${FOLDER}/platform-task-cert-check-web.timer`, "*-*-* 06:00:00"),
        },
      },
    },
  ],
  bad: [
    { title: "nothing renews it", hosts: { web: certificates(7) }, finds: [`web:${LIST} internal: timer`] },
    {
      title: "a week, looked after once a week",
      hosts: { web: { ...certificates(7), ...timer(TIMER, "weekly") } },
      finds: [`web:${TIMER} OnCalendar`],
    },
    {
      title: "a timer that nothing starts",
      hosts: { web: { ...certificates(7), [TIMER]: "[Timer]\nOnCalendar=hourly\n" } },
      finds: [`web:${TIMER} WantedBy`, `web:${TIMER} Persistent`],
    },
    {
      title: "a host with a timer, and nothing that it renews",
      hosts: { web: { "/etc/resolv.conf": "", ...timer(TIMER, "hourly") } },
      finds: ["web certificates: days"],
    },
    {
      title: "one that renews itself and lasts a year, and one for every name",
      hosts: {
        long: { ...certificates(397), ...timer(TIMER, "hourly") },
        wide: {
          [LIST]: JSON.stringify({
            names: ["web.example.org", "*.example.org"],
            certificates: [{ name: "internal", days: 7, issued_by: "host" }],
          }),
          ...timer(TIMER, "hourly"),
        },
      },
      finds: [`long:${LIST} internal: days`, `wide:${LIST} internal: names`],
    },
    {
      title: "ten years",
      hosts: { web: { ...certificates(3650), ...timer(TIMER, "hourly") } },
      finds: [`web:${LIST} internal: days`],
    },
  ],
  unknown: [],
};

const TIMERS = /platform-certificates\.timer$/;

export const mutations: readonly Mutation[] = [
  onFile(TIMERS, "renew nothing", () => undefined),
  onFile(/platform\/certificates\.json$/, "know of no certificate", () => undefined),
  inFile(TIMERS, "renew once a week", "OnCalendar=hourly", "OnCalendar=weekly"),
  inFile(TIMERS, "enable it nowhere", /WantedBy=.*/, ""),
  onFile(/cert-check-main\.timer$/, "tell nobody of the end", () => undefined),
  inFile(/certificates\.json$/, "let it last for years", '"days": 7', '"days": 3650'),
  inFile(/certificates\.json$/, "let it last for a year", '"days": 7', '"days": 365'),
  inFile(/certificates\.json$/, "be every machine", '"names": [', '"names": ["*.example.org", '),
];
