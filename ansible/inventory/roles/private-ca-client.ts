import { brokerProfiles } from "../../../services/certificates.ts";
import { certificateProfileName, crlBucketName, pkiParameterName } from "../../../services/names.ts";
import { inDays } from "../../../services/schema/units.ts";
import { type CertificatePlace, certificatePlaces, membersUnit, sharedNames, TLS_GROUP } from "../certificates.ts";
import { applicationOf } from "../python-service/place.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";

/** Days that a certificate of the internal authority lives: the most that its mode admits (ADR 18). */
const INTERNAL_DAYS = 7;

/** How a certificate comes: hosts ask the internal authority themselves, people have the broker's signed (ADR 18). */
const issue = (authority: CertificatePlace["authority"]) =>
  authority === "internal"
    ? { days: INTERNAL_DAYS, issued_by: "host" }
    : { days: inDays(brokerProfiles.host.validity), issued_by: "people" };

const certificate = (owner: GroupPlace, place: CertificatePlace): Variables => ({
  name: place.authority,
  authority_parameter: pkiParameterName(owner.estate.environment, `${place.authority}-authority`),
  certificate: place.certificate,
  key: place.key,
  authority: place.authorityFile,
  group: place.group,
  owner: place.owner,
  // Members of a MongoDB replica set know each other by the unit of the subject (NOD-SEC.4).
  unit: owner.group.kind === "mongo" ? membersUnit(owner) : undefined,
  ...issue(place.authority),
});

/** Accounts that own keys, as role python_service makes them: keys come before the applications. */
function accounts(place: GroupPlace, places: readonly CertificatePlace[]): readonly Variables[] {
  const owners = [...new Set(places.flatMap(({ owner }) => owner ?? []))];
  return owners.map((name) => ({ name, home: applicationOf(place)?.root ?? "/" }));
}

/** The revocation list that a group's peers are checked against; undefined for a group that checks none. */
function revocation({ estate }: GroupPlace, places: readonly CertificatePlace[]): Variables | undefined {
  const place = places.find(({ revoked }) => revoked !== undefined);
  return (
    place && {
      bucket: crlBucketName(estate.environment),
      key_parameter: pkiParameterName(estate.environment, "broker-crl"),
      file: place.revoked,
      authority: place.authorityFile,
      reloads: ["systemctl reload nginx.service"],
    }
  );
}

/** Where issued certificates of clients are kept, public halves alone: below the directory that a backup names (BRK-5.3, BRK-25.3). */
function register({ resolved, group }: GroupPlace): string | undefined {
  if (group.kind !== "hosts") return undefined;
  const folders = group.certificates.map(({ directory }) => `${directory}/clients`);
  return resolved.service.backups
    .flatMap(({ of }) => ("kind" in of || of.on !== group ? [] : of.paths))
    .find((path) => folders.includes(path));
}

/** Keys made on the host, certificates asked for and renewed, the revocation list fetched. Every host has it. */
export const privateCaClient: HostRole = {
  name: "private_ca_client",
  groupVars: (place) => {
    const places = certificatePlaces(place);
    return {
      private_ca_client_groups: [...new Set([TLS_GROUP, ...places.map(({ group }) => group)])].filter(
        (group) => group !== "root",
      ),
      private_ca_client_accounts: accounts(place, places),
      private_ca_client_certificates: places.map((each) => certificate(place, each)),
      private_ca_client_revocation: revocation(place, places),
      private_ca_client_register: register(place),
      private_ca_client_procedure: places.some(({ authority }) => authority === "broker")
        ? certificateProfileName(place.estate.environment, "broker-host")
        : undefined,
    };
  },
  hostVars: (place) => ({
    // A program that calls another one on its own host by TLS names it `localhost`.
    private_ca_client_names: [place.host.domain, ...sharedNames(place), "localhost"],
  }),
};
