import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const TYPE = "aws_efs_access_point";
const FOUND = [`${TYPE}.files root_directory.path`, `${TYPE}.files posix_user.uid`];
const point = (files: object) => ({ [TYPE]: { files: { ...files } } });

export const examples: Examples = {
  good: [
    {
      title: "a folder for one user",
      resources: point({ root_directory: { path: "/uploads" }, posix_user: { uid: 2001, gid: 2001 } }),
    },
  ],
  bad: [
    { title: "nothing said: everything, as anyone", resources: point({}), finds: FOUND },
    {
      title: "the whole file system, as root",
      resources: point({ root_directory: [{ path: "//" }], posix_user: [{ uid: "0", gid: 0 }] }),
      finds: FOUND,
    },
  ],
  unknown: [
    {
      title: "variables decide what and who",
      resources: point({ root_directory: { path: "${var.folder}" }, posix_user: { uid: "${var.user}" } }),
      finds: FOUND,
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(TYPE, "show the whole file system", ({ root_directory: _, ...point }) => point),
  onResource(TYPE, "let clients be anyone", ({ posix_user: _, ...point }) => point),
  onResource(TYPE, "let clients be root", (point) => ({ ...point, posix_user: { uid: 0, gid: 0 } })),
];
