import { isObject, type Json, type JsonObject, listOf, objectOf } from "./json.ts";
import { templatedJson } from "./templated-json.ts";
import { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "./value.ts";

/** An operation of an API whose routes stand in an OpenAPI document, its `body`. */
export interface ApiOperation {
  /** `body /orders get`. */
  readonly attribute: string;
  /** `get`, `options`, `any`. */
  readonly method: string;
  /** What it hands requests on to, where it says so. */
  readonly integration: Value<Block> | undefined;
  /** How it asks callers who they are; `NONE`: it asks nobody. */
  readonly asks: Value<string>;
}

/** An API with a body: its operations, or that nobody can read them. */
export interface ApiBody {
  readonly resource: Resource;
  readonly operations: Value<readonly ApiOperation[]>;
}

const REST = "aws_api_gateway_rest_api";
const METHODS = /^(?:get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/;

export function apiBodies(terraform: Graph): readonly ApiBody[] {
  return terraform.ofType(REST, "aws_apigatewayv2_api").flatMap((resource) => {
    if (!resource.block.has("body")) return [];
    const body = documentOf(resource.block);
    const operations = isUnknown(body) ? body : new Body(body, resource).operations();
    return [{ resource, operations }];
  });
}

function documentOf(block: Block): Value<JsonObject> {
  const raw = block.raw["body"];
  const given = typeof raw === "string" ? templatedJson(raw) : raw;
  if (isObject(given)) return given;
  const text = block.text("body");
  const read = templatedJson(known(text) ?? "");
  if (isObject(read)) return read;
  return isUnknown(text) ? text : new Unknown("a body that is no JSON");
}

class Body {
  readonly #document: JsonObject;
  readonly #resource: Resource;

  constructor(document: JsonObject, resource: Resource) {
    this.#document = document;
    this.#resource = resource;
  }

  operations(): Value<readonly ApiOperation[]> {
    const paths = Object.entries(objectOf(this.#document["paths"]));
    const elsewhere = paths.find(([, each]) => !isObject(each) || each["$ref"] !== undefined);
    if (elsewhere !== undefined) return new Unknown(`what ${elsewhere[0]} stands for`);
    return paths.flatMap(([path, methods]) =>
      Object.entries(objectOf(methods)).flatMap(([name, given]) => {
        if (!METHODS.test(name)) return [];
        const method = name.replace(/^x-amazon-apigateway-(any)-method$/, "$1");
        const operation = objectOf(given);
        return [
          {
            attribute: `body ${path} ${method}`,
            method,
            integration: this.#integration(operation["x-amazon-apigateway-integration"]),
            asks: this.#asks(operation),
          },
        ];
      }),
    );
  }

  #integration(given: Json | undefined): Value<Block> | undefined {
    if (given === undefined) return undefined;
    const reference = objectOf(given)["$ref"];
    const found = typeof reference === "string" ? this.#at(reference) : given;
    return isObject(found) ? new Block(found, this.#resource.block.scope) : new Unknown(JSON.stringify(given));
  }

  /** `#/components/x-amazon-apigateway-integrations/own`. */
  #at(reference: string): Json | undefined {
    const [here, ...names] = reference.split("/");
    if (here !== "#") return undefined;
    return names.reduce<Json | undefined>((at, name) => objectOf(at)[name], this.#document);
  }

  #asks(operation: JsonObject): Value<string> {
    const { "x-amazon-apigateway-auth": auth, security } = operation;
    const type = objectOf(auth)["type"];
    if (typeof type === "string") return type;
    if (security === undefined || security === null) {
      // Not every kind of API heeds what is said of the whole document.
      const whole = listOf(this.#document["security"]);
      return whole.length > 0 ? new Unknown(`security of the whole document: ${JSON.stringify(whole)}`) : "NONE";
    }
    // One of these suffices: the weakest counts.
    const ways = listOf(security).map((each) => this.#asksBy(Object.keys(objectOf(each))));
    if (ways.length === 0 || ways.includes("NONE")) return "NONE";
    return ways.find(isUnknown) ?? ways.map(String).join(", ");
  }

  /** All schemes of one requirement together: one that asks suffices. */
  #asksBy(names: readonly string[]): Value<string> {
    const schemes = {
      ...objectOf(this.#document["securityDefinitions"]),
      ...objectOf(objectOf(this.#document["components"])["securitySchemes"]),
    };
    const asking = names.find((name) => this.#isAsked(objectOf(schemes[name])));
    if (asking !== undefined) return asking;
    const undefinedOne = names.find((name) => !isObject(schemes[name]));
    return undefinedOne === undefined ? "NONE" : new Unknown(undefinedOne);
  }

  /** API Gateway heeds schemes with an authorizer or a way of AWS's own; REST APIs also keys. */
  #isAsked(scheme: JsonObject): boolean {
    const isKey = scheme["type"] === "apiKey" && /^x-api-key$/i.test(String(scheme["name"]));
    if (isKey && this.#resource.type === REST) return true;
    return (
      scheme["x-amazon-apigateway-authorizer"] !== undefined || scheme["x-amazon-apigateway-authtype"] !== undefined
    );
  }
}
