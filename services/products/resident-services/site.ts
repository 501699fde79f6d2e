import {
  countsOnly,
  days,
  EDGE_HEALTH,
  hours,
  mib,
  minutes,
  perMinute,
  perSecond,
  strictHeaders,
  web,
} from "../../define.ts";
import { api, front, frontend } from "./components.ts";
import { identityProvider, label } from "./settings.ts";
import { attachments, largest } from "./stores.ts";

/** The public entrypoint of resident-services: CloudFront with WAF, a load balancer behind it, then the edge. */

export const site = web("web", {
  why: "the site of residents and staff, and its API",
  host: label,
  via: "cloudfront", // MUN-4.17
  bots: true, // MUN-2.6
  to: front.listens.web,
  health: EDGE_HEALTH,
  body: mib(1),
  // Uploads, answers of the identity provider (SAML) and the residents' own words look like attacks to rules that read
  // bodies; paths, queries, cookies and headers are judged all the same.
  counted: (["CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY"] as const)
    .map((rule) => countsOnly("common", rule, "uploads, SAML answers and free text", "2027-06-30"))
    .concat(countsOnly("sql", "SQLi_BODY", "uploads and free text", "2027-06-30")),
  minimumTls: "1.2", // MUN-2.2; the figure is that of BRK-19.3
  headers: {
    ...strictHeaders, // MUN-2.15
    contentSecurityPolicy: [
      "default-src 'self'",
      "img-src 'self' data: blob:",
      "object-src 'none'",
      "base-uri 'self'",
      // SAML leaves and returns by a form (MUN-1.2).
      `form-action 'self' https://${identityProvider}`,
      "frame-ancestors 'none'",
    ].join("; "),
  },
  requestId: "keep-or-make", // MUN-3.1
  // MUN-2.5 gives no figures: these are ours, to be set from the traffic observed.
  routes: [
    {
      class: "recovery", // MUN-1.9
      paths: ["/api/auth/recovery", "/api/auth/recovery/*"],
      rate: perMinute(5),
      burst: 5,
      connections: 5,
      to: api.listens.web,
    },
    { class: "auth", paths: ["/api/auth/*"], rate: perSecond(5), burst: 10, connections: 10, to: api.listens.web },
    {
      // Only by people who signed in, and only from the administrators' networks (MUN-SEC.1).
      class: "admin",
      paths: ["/api/admin", "/api/admin/*"],
      audience: "admins",
      rate: perSecond(10),
      burst: 20,
      connections: 10,
      to: api.listens.web,
    },
    {
      class: "uploads",
      paths: ["/api/attachments", "/api/attachments/*"],
      rate: perSecond(2),
      burst: 10,
      connections: 5,
      body: largest.attachment,
      to: api.listens.web,
    },
    {
      class: "gis", // MUN-6.7
      paths: ["/api/gis", "/api/gis/*"],
      rate: perSecond(1),
      burst: 5,
      connections: 2,
      body: largest.mapLayer,
      to: api.listens.web,
    },
    {
      class: "exports", // MUN-2.14
      paths: ["/api/exports", "/api/exports/*"],
      rate: perMinute(10),
      burst: 5,
      connections: 5,
      to: api.listens.web,
    },
    { class: "api", paths: ["/api/*"], rate: perSecond(10), burst: 20, connections: 20, to: api.listens.web },
    { class: "pages", paths: ["/*"], rate: perSecond(50), burst: 100, connections: 40, to: frontend.listens.web },
  ],
  cached: [
    { paths: ["/static/*"], for: days(365), signed: false }, // MUN-4.17; a file's name changes with its content
    { paths: ["/branding/*"], for: hours(1), signed: false }, // MUN-6.5
    // Personal data: signed addresses only, and a purged file is gone from the CDN after this long (MUN-4.18, MUN-2.10).
    { paths: ["/attachments/*"], for: hours(1), signed: true, from: attachments },
    { paths: ["/exports/*"], for: minutes(1), signed: true, from: attachments },
  ],
});
