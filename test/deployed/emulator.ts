import { dirname } from "node:path";
import type { Recipe } from "../aws/emulators/emulator.ts";
import { ministack } from "../aws/emulators/ministack.ts";

/** The account and the key of its root user; MiniStack takes the number of an account as one. */
export const CREDENTIALS = { accessKeyId: "123456789012", secretAccessKey: "test" };

/**
 * MiniStack as the functions need it: permissions are enforced, and `node` is the one that runs this, Node 24, as
 * `nodejs24.x` is at AWS.
 */
export const enforcing: Recipe = {
  ...ministack,
  env(port, folder) {
    const { PATH = "", ...rest } = { ...ministack.env(port, folder), PATH: process.env.PATH };
    return { ...rest, AUTH: "true", PATH: `${dirname(process.execPath)}:${PATH}` };
  },
};
