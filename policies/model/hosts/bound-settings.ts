import type { Estate, Host, HostFile } from "../estate.ts";
import { isLoopback, placeOf } from "../nginx/listen.ts";
import { isUnknown } from "../value.ts";
import { declarationOf } from "./declared-host.ts";
import { formOf, type Setting, settingsOf, variablesOfUnit } from "./settings.ts";

/** An address that a setting binds a program to. */
export interface Bound {
  /** `PORTAL_HOST`, `server.host`. */
  readonly option: string;
  readonly address: string;
  readonly loopback: false;
  readonly everywhere: boolean;
  readonly tls: boolean;
}

/** Names by which programs take the address that they listen on, and their peers' as well. */
const NAMED =
  /(?:^|[._-])(?:hosts?|bind|listen|addr(?:ess(?:es)?)?|interface|ip)(?:[._-](?:ip|on|addr(?:ess(?:es)?)?|hosts?|urls?|to|all))?$/i;
const EVERYWHERE = /^(?:\w+:\/\/)?(?:0\.0\.0\.0|\[::\]|::|\[?(?:0+:){7}0+\]?|::0|\*(?=:\d))(?::\d+)?\/?$/;
/** Means everywhere only where an address is asked for. */
const ANY = /^(?:|\*|0(?:\.0){0,2}|0x0+|(?:::ffff:)?0\.0\.0\.0(?:\/0)?|all|any|\[::\]|:\d{2,5}|\[?::\]?:\d+)$/i;
/** What TLS of a server is made of. */
const CERTIFICATE = /(?:ssl|tls|https)[._-]?(?:cert|key)|(?:cert|key)file/i;

/** Programs that read these have rules of their own, which know what an own address is for. */
const OTHERS =
  /\/(?:redis|mongod|mongod\.conf|prometheus|alertmanager|loki|tempo|grafana|patroni|mysql|pgbackrest)(?:\/|$)/;

const texts = {};

/** Addresses in settings of a file that are all of the host, or one of its own beyond loopback. */
export function boundIn(estate: Estate, host: Host, file: HostFile): readonly Bound[] {
  const named = addressesIn(estate, file);
  if (named.length === 0) return [];
  const own = ownOf(estate, host);
  return named.flatMap(({ setting, tls }): readonly Bound[] => {
    const { parent, name, value } = setting;
    const everywhere = isEverywhere(setting);
    const address = placeOf(value.replace(/^\w+:\/\//, "")).address;
    if (!everywhere && (OTHERS.test(file.path) || !own.has(address))) return [];
    const secure = tls || /^(?:https|tls|rediss|wss):\/\//.test(value);
    return [
      {
        option: parent === "" ? name : `${parent}.${name}`,
        address: value,
        ...{ loopback: false, everywhere, tls: secure },
      },
    ];
  });
}

interface Named {
  readonly setting: Setting;
  readonly tls: boolean;
}

/** Settings of a text that name an address other than loopback; many hosts share a text, which is read once. */
function addressesIn(estate: Estate, file: HostFile): readonly Named[] {
  const isUnit = file.path.includes("/systemd/");
  if (!isUnit && formOf(file.path) === undefined) return [];
  return estate.memory.ofForm(texts, isUnit ? "unit" : (formOf(file.path) ?? ""), file.text, () => {
    const all = isUnit ? variablesOfUnit(file.text) : settingsIn(estate, file);
    const tls = all.some(({ name, value }) => CERTIFICATE.test(name) && value !== "");
    const found = all.filter((each) => isEverywhere(each) || (NAMED.test(each.name) && !isLocal(each.value)));
    return found.map((setting) => ({ setting, tls }));
  });
}

function settingsIn(estate: Estate, file: HostFile): readonly Setting[] {
  const settings = mayBind(file.text) ? settingsOf(estate, file) : [];
  return isUnknown(settings) ? [] : settings;
}

/** Most files name no address of a machine: they need no further look. */
const mayBind = (text: string): boolean =>
  /0\.0\.0\.0|::|(?:hosts?|bind|listen|addr\w*|interface|ip|on|urls?|to|all)["']?\s*[:=]\s*["'[]*(?:\w+:\/\/)?(?:\d+\.\d|[*:0]|all|any|[\w-]+\.)/i.test(
    text,
  );

const isEverywhere = ({ name, value }: Setting): boolean =>
  value.split(",").some((each) => EVERYWHERE.test(each.trim()) || (NAMED.test(name) && ANY.test(each.trim())));

const isLocal = (value: string): boolean => isLoopback(placeOf(value.replace(/^\w+:\/\//, "")).address);

/** Addresses and names of a host, as far as they are declared. */
function ownOf(estate: Estate, host: Host): ReadonlySet<string> {
  const declared = declarationOf(estate, host)?.declared;
  return new Set(declared === undefined ? [] : [declared.address, declared.domain]);
}
