import { expect, test } from "vitest";
import { clusterPlaceholderOverlay, placeholderOverlay } from "../../helm/placeholders.ts";
import { clusterValues } from "../../helm/values/cluster.ts";
import { realContext, realValues } from "./values/small.ts";

const zeros = `sha256:${"0".repeat(64)}`;

test("placeholders of a service stand for every digest and ARN that its values ask for, all marked by zeros", () => {
  const images = {
    "platform/backup-tools": zeros,
    "platform/edge": zeros,
    "platform/student-allocation": zeros,
  };

  expect(placeholderOverlay(realValues("staging", "student-allocation"))).toEqual({
    release: { live: "blue", newest: "blue", images: { blue: images, green: images } },
    targetGroupArns: {
      web: "arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/stg-alc-web/0000000000000000",
    },
    administratorSecretArns: {
      database:
        "arn:aws:secretsmanager:eu-central-1:222222222222:secret:rds!cluster-00000000-0000-0000-0000-000000000000-000000",
    },
  });
});

test("placeholders of the cluster stand for its authority and its images", () => {
  const values = clusterValues(realContext("dev", "student-allocation").estate);

  expect(clusterPlaceholderOverlay(values)).toEqual({
    internalAuthorityArn:
      "arn:aws:acm-pca:eu-central-1:111111111111:certificate-authority/00000000-0000-0000-0000-000000000000",
    images: { [values.logShipper.image]: zeros },
  });
});
