/** Text of `--help`. */
export const usage = `Usage: npm run reach -- --from PARTY --to PARTY --port N [options]
       npm run reach -- --matrix [options]

Says whether one party can open a connection to another, by all layers of the outputs together: security groups, network
ACLs there and back, routes, firewalls, load balancers, NetworkPolicies and nftables; and which rule of each layer decides.
A party is service/component, service/nodes, service/entrypoint, platform/name, internet, or another of outside/name.

  --from PARTY         who opens the connection: ticketing/api, internet
  --to PARTY           who answers it
  --port N             its port
  --protocol NAME      tcp or udp; without it tcp
  --matrix             print who can talk to whom, and to and from the internet
  --environment NAME   without it production, or the only one there is
  --artefacts DIR      outputs, laid out as out/; without it out
  --json               print the answer as JSON
  --help               this text

Exit code: 0 answered, 1 the answer is not what is declared, 2 could not answer.`;
