import type { TestProject } from "vitest/node";

/** Provides `settings`, which vitest.config.ts turns into bindings of the Worker under test. */
export function setup(project: TestProject): void {
  project.provide("settings" as never, {} as never);
}
