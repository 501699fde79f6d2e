import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/support/python-side.ts",
    include: ["test/**/*.test.ts"],
    // Hangs end; a machine that does other work besides is no failure.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One process reads the sources once for all its files: a third of the time. No test changes what another reads.
    isolate: false,
    // A run that finds no test, or one left focused, has proved nothing.
    passWithNoTests: false,
    allowOnly: false,
    // What passed, for npm run requirements.
    reporters: ["default", "json"],
    outputFile: { json: "node_modules/.cache/vitest/results.json" },
  },
});
