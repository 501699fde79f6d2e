// Written by Ansible from the catalogue. Changes made on the host are lost.
// Run by mongodb-member, which says in `wanted` what to do. Prints "changed: ..." for what it changes.
const fs = require("node:fs");

const members = ["database-a.desktop-backend.production.internal.example.org", "database-b.desktop-backend.production.internal.example.org", "database-c.desktop-backend.production.internal.example.org"];
const port = 27017;
const set = "rs0";
const changed = (what) => print(`changed: ${what}`);
const hello = () => db.adminCommand({ hello: 1 });

const until = (seconds, holds, otherwise) => {
  for (let left = seconds * 5; !holds(); left -= 1) {
    if (left === 0) throw new Error(`${otherwise} within ${seconds} s`);
    sleep(200);
  }
};

/** Forms the set where this member knows none. A member that has been in one knows it, with data or without. */
const form = () => {
  if (hello().setName !== undefined) return;
  const configuration = {
    _id: set,
    members: members.map((host, id) => ({ _id: id, host: `${host}:${port}` })),
    // A write counts when most members have it, whoever forgets to ask for that.
    settings: { electionTimeoutMillis: 10000 },
  };
  const answer = db.adminCommand({ replSetInitiate: configuration });
  if (answer.ok !== 1) throw new Error(`replSetInitiate: ${answer.errmsg}`);
  changed(`replica set ${set}`);
};

const primary = () => {
  until(60, () => hello().primary !== undefined, `${set}: no primary`);
  const connected = new Mongo(
    `mongodb://${hello().primary}/admin?directConnection=true&tls=true&authMechanism=MONGODB-X509&authSource=$external` +
      `&tlsCAFile=/etc/mongod/tls/ca.crt&tlsCertificateKeyFile=/run/mongod/tls.pem`,
  );
  return connected.getDB("admin");
};

const opens = (user) => {
  try {
    const address = `${hello().primary}/admin?directConnection=true&tls=true&tlsCAFile=/etc/mongod/tls/ca.crt`;
    new Mongo(`mongodb://${user.name}:${encodeURIComponent(user.password)}@${address}`);
    return true;
  } catch {
    return false;
  }
};

const sorted = (roles) => JSON.stringify(roles.map(({ role, db: on }) => `${on}.${role}`).sort());

const addresses = (all) => all.map((each) => each.replace(/\/32$/, "")).sort();

/** From where a login is good, as comparable text. The server may write an address as a network of one. */
const sources = (restrictions = []) =>
  JSON.stringify(
    restrictions
      .flat()
      .map(({ clientSource = [], serverAddress = [] }) => [clientSource, serverAddress].map(addresses))
      .sort(),
  );

const makeUser = (admin, user) => {
  const found = admin.getUser(user.name, { showAuthenticationRestrictions: true });
  const restrictions = user.from === undefined ? [] : [{ clientSource: user.from }];
  const given = { pwd: user.password, roles: user.roles, authenticationRestrictions: restrictions };
  if (found === null) {
    admin.createUser({ user: user.name, mechanisms: ["SCRAM-SHA-256"], ...given });
    return changed(`${user.name} is new`);
  }
  const same = sorted(found.roles) === sorted(user.roles) && sources(found.authenticationRestrictions) === sources(restrictions);
  // Logins that are good from members only can be tried, too: this runs on a member.
  if (same && opens(user)) return;
  admin.updateUser(user.name, given);
  changed(`${user.name} has another password, other roles or other addresses`);
};

const make = () => {
  form();
  const admin = primary();
  const users = JSON.parse(fs.readFileSync("/etc/mongod/users.json", "utf8"));
  for (const user of users) makeUser(admin, user);
  const names = new Set(users.map(({ name }) => name));
  const strange = admin.getUsers().users.filter(({ user }) => !names.has(user)).map(({ user }) => user);
  if (strange.length > 0) throw new Error(`not in the catalogue: ${strange.join(", ")}; declare them, or drop them by hand`);
};

const handover = () => {
  if (!hello().isWritablePrimary) return;
  db.adminCommand({ replSetStepDown: 60, secondaryCatchUpPeriodSecs: 30 });
  until(60, () => hello().primary !== undefined && !hello().isWritablePrimary, "no other member took over");
};

const whole = () =>
  db.adminCommand({ replSetGetStatus: 1 }).members.every(({ stateStr }) => ["PRIMARY", "SECONDARY"].includes(stateStr));

const ready = () =>
  until(120, () => (hello().isWritablePrimary || hello().secondary) && whole(), "a member is neither primary nor secondary");

const renew = () => {
  const answer = db.adminCommand({ rotateCertificates: 1 });
  if (answer.ok !== 1) throw new Error(`rotateCertificates: ${answer.errmsg}`);
};

({ make, handover, ready, renew })[wanted]();
