import { availableParallelism, cpus, totalmem } from "node:os";

export type MachineFacts = {
  node: string;
  platform: string;
  cores: number;
  cpu: string;
  memoryGiB: number;
};

/** What a number depends on. No host name, no path. */
export function machineFacts(): MachineFacts {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}
