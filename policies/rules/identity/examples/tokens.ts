import type { Json, JsonObject } from "../../../model/json.ts";
import { documentOf } from "./documents.ts";

const CLUSTER = "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A1";

/** A role of a service account of a cluster, by its issuer. */
export const pods = (subject: string, who = CLUSTER): JsonObject => ({
  aws_iam_role: {
    ci: {
      name: "ci",
      assume_role_policy: documentOf({
        ...{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" },
        Principal: { Federated: who },
        Condition: {
          StringEquals: {
            "oidc.eks.eu-central-1.amazonaws.com/id/A1:aud": "sts.amazonaws.com",
            "oidc.eks.eu-central-1.amazonaws.com/id/A1:sub": subject,
          },
        },
      }),
    },
  },
});

export const COGNITO = "cognito-identity.amazonaws.com";

/** An identity pool. */
export const pool = "eu-central-1:0a1b2c3d-0000-0000-0000-000000000000";

/** A role of visitors of the pool, under more conditions. */
export const visitors = (ways: JsonObject): JsonObject => ({
  aws_iam_role: {
    ci: {
      name: "visitors",
      assume_role_policy: documentOf({
        ...{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: COGNITO } },
        Condition: { StringEquals: { [`${COGNITO}:aud`]: pool }, ...ways },
      }),
    },
  },
});

/** A role of who signed in to the pool in one of these ways. */
export const signedIn = (how: Json, operator = "ForAnyValue:StringLike") =>
  visitors({ [operator]: { [`${COGNITO}:amr`]: how } });
