import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders whose tests start whole systems and browsers, and wait for them. */
const SLOW = /\/test\/(browser|cli|integration|orders)\//;

/**
 * Files that take half a minute run before those that take a second, so that no worker is left alone with one at the end.
 * Files of a project stay together, as their processes are used again.
 */
export default class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) =>
      project.name !== "with engines" ? 2 : SLOW.test(moduleId) ? 0 : 1;
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
