import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { known } from "../value.ts";

/** A function that services call without waiting for its answer. */
export interface AwaitedFunction {
  readonly at: Place;
  /** `s3.amazonaws.com` */
  readonly callers: readonly string[];
  /** Whether what fails goes somewhere. */
  readonly keeps: boolean;
}

/** Services that hand an event over and go on (AWS Lambda developer guide, "Invoking asynchronously", November 2025). */
const HAND_OVER =
  /^(?:s3|sns|events|iot|ses|logs|config|codecommit|codepipeline|cloudformation|backup)\.amazonaws\.com$/;

/** Functions that may be called so. */
export const awaitedFunctions = kind<AwaitedFunction>("function that is handed events", ({ terraform }) => {
  const byFunction = Map.groupBy(terraform.ofType("aws_lambda_permission"), ({ block }) =>
    terraform.find(block.text("function_name"), "aws_lambda_function"),
  );
  return terraform.ofType("aws_lambda_function").flatMap((resource) => {
    const callers = (byFunction.get(resource) ?? [])
      .map(({ block }) => known(block.text("principal")) ?? "")
      .filter((principal) => HAND_OVER.test(principal));
    if (callers.length === 0) return [];
    const keeps = resource.block.has("dead_letter_config") || isFollowed(resource, terraform);
    return [{ at: placeOfResource(resource), callers, keeps }];
  });
});

const isFollowed = (resource: Resource, terraform: Graph): boolean =>
  terraform
    .ofType("aws_lambda_function_event_invoke_config")
    .filter(({ block }) => terraform.find(block.text("function_name"), resource.type) === resource)
    .some(({ block }) =>
      block
        .blocks("destination_config")
        .flatMap((each) => each.blocks("on_failure"))
        .some((each) => each.has("destination")),
    );
