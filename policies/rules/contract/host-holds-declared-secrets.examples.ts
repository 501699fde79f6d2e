import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";
import type { DeclaredPart, DeclaredService } from "../../model/declaration.ts";

const PATH = "/opt/shop/.env";
const host = { name: "web-a", zone: "a", subnet: "s", address: "10.0.0.4", domain: "web-a.example.org", machine: "m" };
const web: DeclaredPart = { name: "web", kind: "python", why: "", ports: [], hosts: [host] };
const shop: DeclaredService = {
  ...{ name: "shop", components: [web], stores: [], entrypoints: [], flows: [], egress: [], backups: [] },
  secrets: ["signing-key", "audit-key"].map((name) => ({
    ...{ name, fullName: `example/shop/${name}`, why: "", rotation: "runbook", rotationDays: 80 },
    consumers: [name === "audit-key" ? "shop/audit" : "shop/web"],
  })),
};
const declaration = { services: [shop] };
const file = (text: string, name = "web-a") => ({ hosts: { [name]: { [PATH]: text } }, declaration });

export const examples: Examples = {
  good: [
    {
      title: "its secret, now and before, a digest of it, and a setting",
      ...file(
        "A=%%secret:example/shop/signing-key%%\nB=%%secret-previous:example/shop/signing-key:86400%%\nC=%%sha256:example/shop/signing-key%%\nD=%%parameter:/example/shop/endpoint%%",
      ),
    },
  ],
  bad: [
    {
      title: "a secret of another component, also its digest of before",
      ...file("A=%%secret:example/shop/audit-key%%\nB=%%sha256-previous:example/shop/audit-key:60%%"),
      finds: [`web-a:${PATH} secret`, `web-a:${PATH} secret`],
    },
    {
      title: "a secret that nobody declares, and one of another environment",
      ...file("A=%%secret:example/pay/key%% B=%%secret:other/shop/signing-key%%"),
      finds: [`web-a:${PATH} secret`, `web-a:${PATH} secret`],
    },
    {
      title: "a setting of another environment, and a marker that nobody fills in",
      ...file("A=%%parameter:/other/shop/endpoint%%\nB=%%secrets:example/shop/signing-key%%"),
      finds: [`web-a:${PATH} parameter`, `web-a:${PATH} marker`],
    },
  ],
  unknown: [
    {
      title: "a host that nobody declares",
      ...file("A=%%secret:example/shop/signing-key%%", "mine"),
      finds: [`mine:${PATH} secret`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  inFile(/worker\.env$/, "give the worker the key that signs logins", "/smtp-password%%", "/jwt-signing-key%%"),
  inFile(/bot\.env$/, "give a bot a login of another service", "ticketing/bot-token", "message-broker/db-app"),
  inFile(
    /redis\/users\.acl$/,
    "know a login by another's secret",
    /(%%sha256:\w+\/[\w-]+)\/redis-app%%/,
    "$1/db-app%%",
  ),
  inFile(/\.env$/, "read a secret of another environment", "%%secret:production/", "%%secret:staging/"),
];
