import { stringify } from "yaml";
import { envExample } from "../../helm/env-example.ts";
import { clusterPlaceholderOverlay, placeholderOverlay } from "../../helm/placeholders.ts";
import { clusterValues } from "../../helm/values/cluster.ts";
import { podServices, serviceValues } from "../../helm/values.ts";
import { cluster } from "../../services/platform.ts";
import { type Estate, resolveEstate } from "../../services/resolve.ts";
import { type GeneratedFile, type Generator, header } from "./generated.ts";
import { judgeOf } from "./schemas.ts";

const FOLDER = "helm/generated";
const SOURCE = "services/catalogue.ts";
/** The environment whose values example files show. */
const EXAMPLE = "dev";

/**
 * The committed file with a release's values. Helm reads YAML 1.1, where a bare `no` is false and `12:30` a number: such
 * texts are quoted. No anchors, no folding.
 */
export const valuesFile = (environment: string, release: string, values: unknown): GeneratedFile => ({
  path: `${FOLDER}/${environment}/${release}.yaml`,
  text: header(SOURCE) + stringify(values, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false }),
});

/** Values of every release of an environment, each judged with placeholders for what only a deployment knows. */
function releasesOf(estate: Estate, judge: Readonly<Record<"cluster" | "service", ReturnType<typeof judgeOf>>>) {
  const environment = estate.environment.name;
  const shared = clusterValues(estate);
  const ofCluster = valuesFile(environment, cluster.name, shared);
  judge.cluster(ofCluster.path, { ...shared, ...clusterPlaceholderOverlay(shared) });
  return [
    ofCluster,
    ...podServices(estate).map((resolved): GeneratedFile => {
      const values = serviceValues(resolved, estate);
      const file = valuesFile(environment, resolved.service.name, values);
      judge.service(file.path, { ...values, ...placeholderOverlay(values) });
      return file;
    }),
  ];
}

/** Example files of the variables of each service on pods. */
const examplesOf = (estate: Estate): readonly GeneratedFile[] =>
  podServices(estate).map((resolved) => ({
    path: `${FOLDER}/env/${resolved.service.name}.env.example`,
    text: header(SOURCE) + envExample(resolved, estate),
  }));

/** Values of the charts in every environment, and the example files. */
export const helm: Generator = {
  folder: FOLDER,
  files(catalogue) {
    const judge = { cluster: judgeOf("cluster"), service: judgeOf("service") };
    const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
    const example = estates.find(({ environment }) => environment.name === EXAMPLE);
    if (example === undefined) throw new Error(`environments: must have ${EXAMPLE}, whose values the examples show`);
    return [...estates.flatMap((estate) => releasesOf(estate, judge)), ...examplesOf(example)];
  },
};
