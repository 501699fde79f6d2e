import type { Examples } from "../../engine/example.ts";
import { type Mutation, onState } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const called = (principal: string) => ({
  aws_lambda_permission: { call: { function_name: "${aws_lambda_function.main.function_name}", principal } },
});

export const examples: Examples = {
  good: [
    {
      title: "a queue for what fails",
      resources: {
        ...called("s3.amazonaws.com"),
        aws_lambda_function: { main: { dead_letter_config: [{ target_arn: "${aws_sqs_queue.failed.arn}" }] } },
      },
    },
    {
      title: "a destination for what fails",
      resources: {
        ...called("events.amazonaws.com"),
        aws_lambda_function: { main: {} },
        aws_lambda_function_event_invoke_config: {
          main: {
            function_name: "${aws_lambda_function.main.function_name}",
            destination_config: [{ on_failure: [{ destination: "${aws_sqs_queue.failed.arn}" }] }],
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "a function that buckets call, and nothing for what fails",
      resources: { ...called("s3.amazonaws.com"), aws_lambda_function: { main: {} } },
      finds: ["aws_lambda_function.main dead_letter_config"],
    },
    {
      title: "one with a destination for what goes well",
      resources: {
        ...called("sns.amazonaws.com"),
        aws_lambda_function: { main: {} },
        aws_lambda_function_event_invoke_config: {
          main: {
            function_name: "${aws_lambda_function.main.function_name}",
            destination_config: [{ on_success: [{ destination: "${aws_sqs_queue.done.arn}" }] }],
          },
        },
      },
      finds: ["aws_lambda_function.main dead_letter_config"],
    },
  ],
  // A queue is there or is not, whatever its address.
  unknown: [],
};

const added = (type: string, attributes: JsonObject) => ({
  ...{ address: `${type}.added`, type, name: "added", module: "", provider: undefined, attributes },
});

export const mutations: readonly Mutation[] = [
  onState("hand events to a function that keeps none", (state) => ({
    ...state,
    resources: [
      ...state.resources,
      added("aws_lambda_function", { function_name: "scan" }),
      added("aws_lambda_permission", {
        function_name: "${aws_lambda_function.added.function_name}",
        principal: "s3.amazonaws.com",
      }),
    ],
  })),
];
