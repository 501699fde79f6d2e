import { parseRequest, usage } from "./lab/arguments.ts";
import { perform } from "./lab/perform.ts";
import { UsageError } from "./options.ts";

try {
  const request = parseRequest(process.argv.slice(2));
  if (request.command === "help") {
    console.log(usage);
  } else {
    process.exitCode = await perform({ ...request, command: request.command });
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(`npm run lab: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
