import { type Estate, type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { formOf, settingsOf, variablesOfUnit } from "./settings.ts";
import { type WeakSetting, weakSetting } from "./weak-settings.ts";

/** A file of settings or a unit, and what of it makes a program guard less. */
export interface GuardingFile {
  readonly at: Place;
  readonly weak: readonly WeakSetting[];
}

/** Lists of what is to be made are no settings; what Loki and Tempo call auth_enabled is that there are many tenants. */
const OTHERS = /\/platform\/(?:tasks|certificates)\.json$|\/metrics-exporters\/|\/apt\/|\/(?:loki|tempo|mimir)\.ya?ml$/;
const UNIT = "/systemd/";
/** A switch that may matter, a level or a star: only then a tree is taken apart. */
const SWITCHED =
  /(?:enabled?|auth\w*|csrf\w*|protection|mfa|audit\w*|limit\w*|throttl\w*|alg\w*)["']?\s*[:=]\s*["']?(?:false|no|off|0|none|disabled?)\b|(?:debug\w*|reload)["']?\s*[:=]\s*["']?(?:true|yes|on|1)\b|level["']?\s*[:=]\s*["']?(?:debug|trace|all)\b|(?:origins?|hosts?|prox(?:y|ies)|ips)["']?\s*[:=][\s"'[-]*(?:\*|0\.0\.0\.0\/0)|(?:_proxy|preload(?:_libraries)?|library_path|(?:archive|restore|cleanup|end|phrase)_command|keylogfile|_env|callbacks|pre_promote|before_stop|post_bootstrap|post_init)["']?\s*[:=]/i;

const KNOWN = {};

/** Every file of settings of every host, and every unit. */
export const guardingFiles = kind<GuardingFile>("file of settings", (estate) => {
  const weakIn = (file: HostFile): readonly WeakSetting[] => {
    const form = file.path.includes(UNIT) ? UNIT : (formOf(file.path) ?? "");
    return estate.memory.ofForm(KNOWN, form, file.text, () => readWeak(estate, file));
  };
  return estate.hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => (path.includes(UNIT) || formOf(path) !== undefined) && !OTHERS.test(path))
      .map((file) => ({ at: placeOfHost(host, file.path), weak: weakIn(file) })),
  );
});

function readWeak(estate: Estate, file: HostFile): readonly WeakSetting[] {
  const isUnit = file.path.includes(UNIT);
  const isPlain = isUnit || formOf(file.path) === "variables";
  if (isUnit ? !file.text.includes("Environment=") : !isPlain && !SWITCHED.test(file.text)) return [];
  const settings = isUnit ? variablesOfUnit(file.text) : settingsOf(estate, file);
  if (isUnknown(settings)) return [];
  return settings.flatMap(({ parent, name, value }) => weakSetting(parent, name, value) ?? []);
}
