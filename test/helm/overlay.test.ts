import { describe, expect, test } from "vitest";
import { clusterImages, imagesOf } from "../../helm/images.ts";
import { clusterOverlayFrom, overlayFrom } from "../../helm/overlay.ts";
import { clusterPlaceholderOverlay, placeholderOverlay } from "../../helm/placeholders.ts";
import { clusterValues } from "../../helm/values/cluster.ts";
import { serviceValues } from "../../helm/values.ts";
import { catalogue } from "../../services/catalogue.ts";
import { production } from "../../services/environments/production.ts";
import { resolveEstate } from "../../services/resolve.ts";

/** What a deployment is told, judged against the values of student-allocation and of the cluster in production. */

const estate = resolveEstate(catalogue, production);
function valuesOf(name: string) {
  const resolved = estate.services.find(({ service }) => service.name === name);
  if (resolved === undefined) throw new Error(`no service ${name}`);
  return serviceValues(resolved, estate);
}
const values = valuesOf("student-allocation");
const ofCluster = clusterValues(estate);

const digest = (of: string) => `sha256:${of.repeat(64)}`;
const images = (names: readonly string[], of: string) => Object.fromEntries(names.map((name) => [name, digest(of)]));
const group = "arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/prd-alc-web/0123456789abcdef";
const secret =
  "arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-01234567-89ab-cdef-0123-456789abcdef-AbC123";
const authority =
  "arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/01234567-89ab-cdef-0123-456789abcdef";
/** As `terraform output -json` prints one. */
const output = (value: unknown) => ({ sensitive: false, type: "string", value });
const outputs = {
  targetGroupArns: output({ web: group }),
  administratorSecretArns: output({ database: secret }),
};
const release = {
  live: "blue",
  newest: "green",
  images: { blue: images(imagesOf(values), "b"), green: images(imagesOf(values), "9") },
};
const [image = ""] = imagesOf(values);
const told = (outputs: unknown, release: unknown) => () => overlayFrom(production, values, { outputs, release });

describe("the overlay of a service", () => {
  test("is the release as given, and the ARNs that its values ask for", () => {
    expect(told(outputs, release)()).toEqual({
      release,
      targetGroupArns: { web: group },
      administratorSecretArns: { database: secret },
    });
  });

  test("leaves out what its values do not ask for: what leaves the service leaves Terraform later", () => {
    const more = { targetGroupArns: output({ web: group, old: "x" }), other: output(1) };

    expect(told({ ...outputs, ...more }, release)().targetGroupArns).toEqual({ web: group });
    const nodes = valuesOf("desktop-backend");
    const ofNodes = {
      live: "blue",
      newest: "blue",
      images: { blue: images(imagesOf(nodes), "b"), green: images(imagesOf(nodes), "b") },
    };
    const web = { web: group.replace("alc", "nod") };
    expect(
      overlayFrom(production, nodes, { outputs: { targetGroupArns: output(web) }, release: ofNodes }),
      "no managed database",
    ).toEqual({ release: ofNodes, targetGroupArns: web, administratorSecretArns: {} });
  });

  const path = "terraform output/targetGroupArns/web";
  const groupRule = "must be arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/prd-alc-web/<id>";
  const withGroup = (arn: unknown) => ({ ...outputs, targetGroupArns: output({ web: arn }) });
  test.each([
    ["of another account", group.replace("3333", "2222")],
    ["of another region", group.replace("eu-central", "eu-west")],
    ["of another service", group.replace("alc", "mun")],
    ["of another environment", group.replace("prd", "stg")],
    ["a load balancer's", group.replace("targetgroup/", "loadbalancer/app/")],
    ["the placeholder", placeholderOverlay(values).targetGroupArns["web"]],
    ["followed by more", `${group}/x`],
    ["no text", 1],
  ])("fails when a target group is %s", (_, arn) => {
    expect(told(withGroup(arn), release)).toThrow(new Error(`${path}: ${groupRule}, got ${JSON.stringify(arn)}`));
  });

  test.each([
    ["of another account", secret.replace("3333", "2222")],
    ["a secret of ours", secret.replace("rds!cluster-", "production/")],
    ["the placeholder", placeholderOverlay(values).administratorSecretArns["database"]],
  ])("fails when an administrator's secret is %s", (_, arn) => {
    expect(told({ ...outputs, administratorSecretArns: output({ database: arn }) }, release)).toThrow(
      new Error(
        `terraform output/administratorSecretArns/database: must be arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-<id>, got "${arn}"`,
      ),
    );
  });

  const absent = "must be there: is it the output of this service's own stack, applied?, got nothing";
  test.each([
    ["is not an object", [], "terraform output: must be an object, got a list"],
    ["has no target groups", { ...outputs, targetGroupArns: undefined }, `terraform output/targetGroupArns: ${absent}`],
    ["has none for an entrypoint", withGroup(undefined), `${path}: ${groupRule}, got nothing`],
    [
      "is a plain value",
      { ...outputs, targetGroupArns: { web: group } },
      `terraform output/targetGroupArns: must be an object, got nothing`,
    ],
    [
      "is another value",
      { ...outputs, targetGroupArns: output(group) },
      `terraform output/targetGroupArns: must be an object, got "${group}"`,
    ],
  ])("fails when Terraform's output %s", (_, given, message) => {
    expect(told(given, release)).toThrow(new Error(message));
  });

  const digestRule = "must be a digest, sha256: and 64 hexadecimal digits that are not all zeros";
  const withImages = (blue: unknown) => ({ ...release, images: { ...release.images, blue } });
  const blue = release.images.blue;
  test.each([
    ["is no object", "x", 'release: must be an object, got "x"'],
    ["has an unknown colour", { ...release, live: "red" }, 'release/live: must be blue or green, got "red"'],
    [
      "does not say the newest",
      { ...release, newest: undefined },
      "release/newest: must be blue or green, got nothing",
    ],
    ["says more", { ...release, image: {} }, 'release: allowed are live, newest, images, got "image"'],
    [
      "has a third colour",
      { ...release, images: { ...release.images, red: {} } },
      'release/images: allowed are blue, green, got "red"',
    ],
    ["has one colour only", { ...release, images: { blue } }, "release/images/green: must be an object, got nothing"],
    [
      "lacks an image",
      withImages({ ...blue, [image]: undefined }),
      `release/images/blue/${image}: ${digestRule}, got nothing`,
    ],
    [
      "has a tag",
      withImages({ ...blue, [image]: "v1.2.3" }),
      `release/images/blue/${image}: ${digestRule}, got "v1.2.3"`,
    ],
    [
      "has the placeholder",
      withImages({ ...blue, [image]: digest("0") }),
      `release/images/blue/${image}: ${digestRule}, got "${digest("0")}"`,
    ],
    [
      "has a digest of capitals",
      withImages({ ...blue, [image]: digest("A") }),
      `release/images/blue/${image}: ${digestRule}, got "${digest("A")}"`,
    ],
    [
      "has an image too many",
      withImages({ ...blue, "platform/other": digest("1") }),
      `release/images/blue: allowed are ${imagesOf(values).join(", ")}, got "platform/other"`,
    ],
  ])("fails when the release %s", (_, given, message) => {
    expect(told(outputs, given)).toThrow(new Error(message));
  });

  test("fails with all its faults at once", () => {
    const wrong = { live: "red", newest: "green", images: release.images };

    expect(told(withGroup("x"), wrong)).toThrow(
      new Error(`release/live: must be blue or green, got "red"\n${path}: ${groupRule}, got "x"`),
    );
  });

  test("is none of placeholders: whatever stands for something is refused", () => {
    const { release: zeros, targetGroupArns, administratorSecretArns } = placeholderOverlay(values);
    const given = {
      targetGroupArns: output(targetGroupArns),
      administratorSecretArns: output(administratorSecretArns),
    };
    const faults = () => {
      try {
        told(given, zeros)();
      } catch (error) {
        return String(error).split("\n");
      }
      return [];
    };

    expect(faults()).toHaveLength(2 * imagesOf(values).length + 2);
  });
});

describe("the overlay of the cluster", () => {
  const given = {
    outputs: { internalAuthorityArn: output(authority), name: output("x") },
    release: { images: images(clusterImages(ofCluster), "c") },
  };
  const told = (other: object) => () => clusterOverlayFrom(production, ofCluster, { ...given, ...other });

  test("is the authority and a digest for each image", () => {
    expect(told({})()).toEqual({
      internalAuthorityArn: authority,
      images: { "platform/log-shipper": digest("c") },
    });
  });

  const rule = "must be arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/<id>";
  test.each([
    ["the authority is another account's", authority.replace("3333", "2222")],
    ["the authority is the placeholder", clusterPlaceholderOverlay(ofCluster).internalAuthorityArn],
  ])("fails when %s", (_, arn) => {
    expect(told({ outputs: { internalAuthorityArn: output(arn) } })).toThrow(
      new Error(`terraform output/internalAuthorityArn: ${rule}, got "${arn}"`),
    );
  });

  test("fails when the authority is missing, an image is, or a colour is named", () => {
    expect(told({ outputs: {}, release: { live: "blue", images: {} } })).toThrow(
      new Error(
        [
          'release: allowed are images, got "live"',
          "terraform output/internalAuthorityArn: must be there: is it the output of this service's own stack, applied?, got nothing",
          "release/images/platform/log-shipper: must be a digest, sha256: and 64 hexadecimal digits that are not all zeros, got nothing",
        ].join("\n"),
      ),
    );
  });
});
