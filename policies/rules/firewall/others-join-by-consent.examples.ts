import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const GATEWAY = "aws_ec2_transit_gateway";
const SERVICE = "aws_vpc_endpoint_service";

export const examples: Examples = {
  good: [
    {
      title: "a gateway as AWS makes it, and a service that asks first",
      resources: { [GATEWAY]: { hub: {} }, [SERVICE]: { shop: { acceptance_required: "true" } } },
    },
  ],
  bad: [
    {
      title: "whoever asks is let in",
      resources: {
        [GATEWAY]: { hub: { auto_accept_shared_attachments: "enable" } },
        [SERVICE]: { shop: { acceptance_required: false }, old: {} },
      },
      finds: [
        `${GATEWAY}.hub auto_accept_shared_attachments`,
        `${SERVICE}.shop acceptance_required`,
        `${SERVICE}.old acceptance_required`,
      ],
    },
  ],
  unknown: [
    {
      title: "variables decide",
      resources: {
        [GATEWAY]: { hub: { auto_accept_shared_attachments: "${var.accept}" } },
        [SERVICE]: { shop: { acceptance_required: "${var.ask}" } },
      },
      finds: [`${GATEWAY}.hub auto_accept_shared_attachments`, `${SERVICE}.shop acceptance_required`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add a gateway that lets everybody join", GATEWAY, { auto_accept_shared_attachments: "enable" }),
  addResource("offer a service to whoever asks", SERVICE, { acceptance_required: false }),
];
