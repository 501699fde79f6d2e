import { TLS_GROUP } from "../certificates.ts";
import { portOf } from "../python-service/address.ts";
import { filesOf } from "../python-service/files.ts";
import { foldersOf, usersOf } from "../python-service/folders.ts";
import { releaseJobs } from "../python-service/jobs.ts";
import { type Application, applicationOf, LIBRARY } from "../python-service/place.ts";
import { readinessOf, unitVars } from "../python-service/units.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";

/** How long a host may take after a start until its units answer. */
const READY_SECONDS = 60;
/** How long the load balancer may take until a host is in or out, beyond its own delays. */
const TARGET_MARGIN_SECONDS = 240;

/** The target groups that a component's hosts are in: where they get requests from, and must leave before a switch. */
const targetsOf = ({ resolved, group }: GroupPlace): readonly Variables[] =>
  resolved.entrypoints
    .filter(({ entrypoint }) => entrypoint.to.owner === group.name)
    .map(({ entrypoint, resource }) => ({
      name: resource,
      port: entrypoint.to.port,
      seconds: TARGET_MARGIN_SECONDS + entrypoint.idle,
    }));

/** How many components stand between this one and those that call nobody: a release starts with the called. */
export function depthOf(place: GroupPlace, name: string, seen: readonly string[] = []): number {
  const { components, flows } = place.resolved.service;
  const called = flows
    .filter(({ from }) => from.name === name)
    .map(({ to }) => to.owner)
    .filter((owner) => owner !== name && components.some((component) => component.name === owner))
    .filter((owner) => !seen.includes(owner));
  return called.reduce((deepest, owner) => Math.max(deepest, 1 + depthOf(place, owner, [...seen, name])), 0);
}

function variables(place: GroupPlace, application: Application): Variables {
  const jobs = releaseJobs(place, application);
  return {
    python_service_root: application.root,
    python_service_python: `/usr/bin/${application.units[0].runtime}`,
    python_service_order: depthOf(place, place.group.name),
    python_service_groups: [TLS_GROUP],
    python_service_users: usersOf(place, application),
    python_service_folders: foldersOf(application, jobs),
    python_service_units: application.units.map((unit) => unitVars(place, application, unit)),
    python_service_jobs: jobs.map(({ environment: _, ...job }) => job),
    python_service_targets: targetsOf(place),
    ...filesOf(place, application, jobs),
  };
}

/** Runs applications in Python from releases, one beside the other, under hardened units (TKT-5.7, TKT-5.9, TKT-5.13). */
export const pythonService: HostRole = {
  name: "python_service",
  groupVars: (place) => {
    const application = applicationOf(place);
    return application && variables(place, application);
  },
  // A restart would cost requests where requests come: such programs read a renewed certificate by themselves.
  reloads: (place) => {
    const application = applicationOf(place);
    const shown = application?.component.certificates.some(({ authority }) => authority === "broker");
    return (shown ? (application?.units ?? []) : [])
      .filter((unit) => portOf(unit) === undefined)
      .map(({ name }) => `systemctl try-restart ${name}.service`);
  },
  ready: (place) => {
    const application = applicationOf(place);
    return (application?.units ?? []).flatMap((unit) => {
      const url = application && readinessOf(application, unit);
      return [
        `systemctl is-active --quiet ${unit.name}.service`,
        ...(url === undefined ? [] : [`${LIBRARY}/await-ready ${READY_SECONDS} ${url}`]),
      ];
    });
  },
};
