// Generated from policies/rules/tls. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { certificateRenewsItself } from "../../rules/tls/certificate-renews-itself.ts";
import { clearTextOnlyRedirects } from "../../rules/tls/clear-text-only-redirects.ts";
import { databaseRefusesClearText } from "../../rules/tls/database-refuses-clear-text.ts";
import { entrypointSpeaksItsMinimumTls } from "../../rules/tls/entrypoint-speaks-its-minimum-tls.ts";
import { hopsBehindAreEncrypted } from "../../rules/tls/hops-behind-are-encrypted.ts";
import { httpsEntranceSendsHsts } from "../../rules/tls/https-entrance-sends-hsts.ts";
import { loadBalancerDropsMalformedRequests } from "../../rules/tls/load-balancer-drops-malformed-requests.ts";
import { meshEncryptsAndVerifies } from "../../rules/tls/mesh-encrypts-and-verifies.ts";
import { mutualTlsVerifies } from "../../rules/tls/mutual-tls-verifies.ts";
import { noProtocolBelowTls12 } from "../../rules/tls/no-protocol-below-tls-1-2.ts";
import { privateAuthorityIsStrong } from "../../rules/tls/private-authority-is-strong.ts";
import { publicWebEntranceHasAWebAcl } from "../../rules/tls/public-web-entrance-has-a-web-acl.ts";
import { resourcePolicyDeniesClearText } from "../../rules/tls/resource-policy-denies-clear-text.ts";
import { serviceSpeaksTls } from "../../rules/tls/service-speaks-tls.ts";
import { sessionsAreForwardSecret } from "../../rules/tls/sessions-are-forward-secret.ts";
import { webAclStopsAttacks } from "../../rules/tls/web-acl-stops-attacks.ts";

/** Every rule of tls, by name. */
export const rules: readonly AnyRule[] = [
  certificateRenewsItself,
  clearTextOnlyRedirects,
  databaseRefusesClearText,
  entrypointSpeaksItsMinimumTls,
  hopsBehindAreEncrypted,
  httpsEntranceSendsHsts,
  loadBalancerDropsMalformedRequests,
  meshEncryptsAndVerifies,
  mutualTlsVerifies,
  noProtocolBelowTls12,
  privateAuthorityIsStrong,
  publicWebEntranceHasAWebAcl,
  resourcePolicyDeniesClearText,
  serviceSpeaksTls,
  sessionsAreForwardSecret,
  webAclStopsAttacks,
];
