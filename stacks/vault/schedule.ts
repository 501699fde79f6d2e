import type { Recurring, Weekday } from "../../services/schema/schedule.ts";

const weekdays: Readonly<Record<Weekday, string>> = {
  sunday: "SUN",
  monday: "MON",
  tuesday: "TUE",
  wednesday: "WED",
  thursday: "THU",
  friday: "FRI",
  saturday: "SAT",
};

/** When AWS starts something: an expression of EventBridge, and the time zone it is read in. */
interface AwsSchedule {
  readonly expression: string;
  readonly timeZone: string;
}

const at = (time: string, days: string, zone: string): AwsSchedule => {
  const [hour, minute] = time.split(":").map(Number);
  return { expression: `cron(${minute} ${hour} ${days} *)`, timeZone: zone === "UTC" ? "Etc/UTC" : zone };
};

/** A schedule of the catalogue in the words of AWS. Throws below an hour: AWS Backup starts no more often. */
export function awsSchedule(schedule: Recurring): AwsSchedule {
  switch (schedule.every) {
    case "day":
      return at(schedule.at, "* * ?", schedule.zone);
    case "week":
      return at(schedule.at, `? * ${weekdays[schedule.on]}`, schedule.zone);
    case "quarter":
      return at(schedule.at, "1 1,4,7,10 ?", schedule.zone);
    case "minutes":
      if (schedule.count % 60 !== 0) {
        throw new Error(`schedule: AWS Backup starts each hour at most, got every ${schedule.count} minutes`);
      }
      return { expression: `cron(0 0/${schedule.count / 60} * * ? *)`, timeZone: "Etc/UTC" };
  }
}
