import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/support/python-side.ts",
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A run that finds no test, or one left focused, has proved nothing.
    passWithNoTests: false,
    allowOnly: false,
    // What passed, for npm run requirements.
    reporters: ["default", "json"],
    outputFile: { json: "node_modules/.cache/vitest/results.json" },
  },
});
