import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const http = (outer: string, location: string) => ({
  web: { [PATH]: `http { ${outer} server { listen 443 ssl; location / { ${location} } } }` },
});
const verified =
  "proxy_ssl_verify on; proxy_ssl_trusted_certificate /etc/tls/ca.crt; proxy_ssl_protocols TLSv1.2 TLSv1.3;";
const at = `web:${PATH} server without a name *:443, location /: proxy_pass`;

export const examples: Examples = {
  good: [
    {
      title: "verified TLS, by an upstream",
      hosts: http(`upstream api { server api:8443; } ${verified}`, "proxy_pass https://api/;"),
    },
    {
      title: "clear text on loopback, by an upstream",
      hosts: http("upstream app { server 127.0.0.1:8000; }", "proxy_pass http://app/;"),
    },
    {
      title: "a map of which every outcome is on loopback, in a stream",
      hosts: {
        web: {
          [PATH]:
            "stream { map $ssl_client_s_dn $to { default none; CN=api 127.0.0.1:1; } upstream none { server 127.0.0.1:2 down; } server { listen 3310 ssl; proxy_pass $to; } }",
        },
      },
    },
  ],
  bad: [
    { title: "clear text to another host", hosts: http("", "proxy_pass http://api:8000;"), finds: [at] },
    {
      title: "one peer of an upstream beyond loopback",
      hosts: http("upstream app { server 127.0.0.1:8000; server 10.0.0.9:8000 backup; }", "proxy_pass http://app;"),
      finds: [at],
    },
    {
      title: "TLS without a look at the certificate",
      hosts: http("", "proxy_pass https://api:8443;"),
      finds: [`${at}, proxy_ssl_verify`, `${at}, proxy_ssl_trusted_certificate`, `${at}, proxy_ssl_protocols`],
    },
    {
      title: "the client says whose certificate is right",
      hosts: http(verified, "proxy_pass https://api:8443; proxy_ssl_name $host;"),
      finds: [`${at}, proxy_ssl_name`],
    },
    {
      title: "gRPC in clear text",
      hosts: http("", "grpc_pass grpc://10.0.0.9:9000;"),
      finds: [`web:${PATH} server without a name *:443, location /: grpc_pass`],
    },
  ],
  unknown: [{ title: "a variable of nobody knows where", hosts: http("", "proxy_pass http://$backend;"), finds: [at] }],
};

const inPod = (title: string, from: string | RegExp, to: string): Mutation =>
  onObject("ConfigMap", title, (object) => {
    const text = object.data?.["nginx.conf"];
    if (typeof text === "string") object.data["nginx.conf"] = text.replace(from, to);
    return object;
  });

export const mutations: readonly Mutation[] = [
  inPod("look at no certificate", "proxy_ssl_verify on;", ""),
  inPod("hand on in clear text", /proxy_pass https:\/\//, "proxy_pass http://"),
  inPod("trust nobody in particular", /proxy_ssl_trusted_certificate [^;]*;/, ""),
  inPod("offer old versions", /proxy_ssl_protocols [^;]*;/, "proxy_ssl_protocols TLSv1 TLSv1.2;"),
  inPod("let the client name the peer", /proxy_ssl_name [^;]*;/, "proxy_ssl_name $host;"),
  inFile(/nginx\.conf$/, "hand on to another host", "server 127.0.0.1:", "server 10.0.0.9:"),
];
