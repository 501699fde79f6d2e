import { againCalendar } from "../calendar.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { type Task, tasksOf, timerOf } from "../tasks.ts";

const variables = (task: Task): Variables => ({
  name: task.name,
  kind: task.kind,
  why: task.why,
  schedule: { ...task.schedule },
  limit_seconds: task.limitSeconds,
  command: task.command,
  environment: task.environment,
  after: task.after && { name: task.after.name, schedule: { ...task.after.schedule } },
  does: task.does,
});

/**
 * Programs that requirements name, `/opt/message_broker/backup.sh` (BRK-25.5): each argument stands for a task. What they
 * call `secrets` is the backup of the folder of that name.
 */
function scripts(place: GroupPlace, tasks: readonly Task[]): readonly Variables[] {
  const commands = tasks.flatMap(({ name, command }) => (command === undefined ? [] : [{ name, command }]));
  return [...new Set(commands.map(({ command: [path = ""] }) => path))].map((path) => ({
    path,
    tasks: Object.fromEntries(
      commands
        .filter(({ command: [program] }) => program === path)
        .map(({ name, command: [, argument, ...more] }) => {
          if (argument === undefined || more.length > 0) {
            throw new Error(
              `${place.resolved.service.name}/backups/${name}/command: must be a program and one argument`,
            );
          }
          return [argument, name];
        }),
    ),
  }));
}

/** Backups and jobs of the catalogue by timers. Hosts without any have the role as well: it removes what they had before. */
export const backupAgent: HostRole = {
  name: "backup_agent",
  groupVars: (place) => {
    const tasks = tasksOf(place);
    return { backup_agent_tasks: tasks.map(variables), backup_agent_scripts: scripts(place, tasks) };
  },
  hostVars: (place) => ({
    backup_agent_timers: tasksOf(place).flatMap((task) => {
      const calendar = timerOf(place, task, place.host);
      if (calendar === undefined) return [];
      return [{ name: task.name, calendar, again: task.kind === "backup" ? againCalendar(task.schedule) : undefined }];
    }),
  }),
};
