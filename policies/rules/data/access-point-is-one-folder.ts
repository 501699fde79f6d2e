import { demand, rule } from "../../engine/rule.ts";
import { accessPoints } from "../../model/access-points.ts";

export const accessPointIsOneFolder = rule({
  id: "DATA-023",
  slug: "access-point-is-one-folder",
  severity: "medium",
  title: "An access point shows one folder of a file system, to one user who is not root",
  why: "Without them whoever may mount it reads and changes everything that lies there, as any user that it says it is.",
  fix: "Give the access point a root_directory.path of its own and a posix_user with a number above 0.",
  appliesTo: accessPoints,
  requirements: [],
  check: ({ folder, user }) => [
    ...demand("root_directory.path", folder, "a folder below /", (path) => /[^/]/.test(path)),
    ...demand("posix_user.uid", user ?? "whoever the client says it is", "a user's number, not 0", (uid) =>
      /^0*[1-9]\d*$/.test(uid),
    ),
  ],
});
