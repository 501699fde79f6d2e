import { demand, rule } from "../../engine/rule.ts";
import { signIns } from "../../model/identity/user-pools.ts";

export const usersSignInSafely = rule({
  id: "IAM-032",
  slug: "users-sign-in-safely",
  severity: "high",
  title: "Pools of users know a second factor and long passwords, and hand tokens over HTTPS to who asked",
  why: "Passwords of users are known from other places; a token in an address is in every log on its way, and whoever has it is the user.",
  fix: "Set mfa_configuration, password_policy.minimum_length, prevent_user_existence_errors; the code flow with addresses of HTTPS, and SRP.",
  appliesTo: signIns,
  requirements: [],
  check: ({ attribute, value, expected, fine }) => demand(attribute, value, expected, fine),
});
