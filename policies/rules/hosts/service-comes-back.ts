import { objection, rule } from "../../engine/rule.ts";
import { comingBack } from "../../model/hosts/coming-back.ts";

/** What serves is there after a fault and after a reboot, and what a timer does is done again. */
export const serviceComesBack = rule({
  id: "HOST-053",
  slug: "service-comes-back",
  severity: "high",
  title: "Services start with their host and after a fault; timers start with it, come again, and wait until it is up",
  why: "A program that died at night stays dead until somebody looks; after the next reboot it is missing, or what a timer should purge, renew or fetch is never done again. A task whose time comes while its host starts finds no database, and fails.",
  fix: "Restart=always or on-failure and WantedBy= (or a socket) for a service; WantedBy=timers.target and a time that comes again for a timer; After=multi-user.target for what it starts.",
  appliesTo: comingBack,
  requirements: [],
  check: ({ faults }) => faults.map(({ setting, got, expected }) => objection(setting, got, expected)),
});
