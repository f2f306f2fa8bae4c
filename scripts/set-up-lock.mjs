// Two installs at a time take each other's files away: whoever installs holds a folder with its process id in it. The
// folder comes into being at once, by renaming, and none is ever renamed to one that has something in it.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

const POLL_MILLISECONDS = 250;
const remove = (folder) => rmSync(folder, { recursive: true, force: true });

function holderOf(lock) {
  try {
    return Number(readFileSync(`${lock}/pid`, "utf8"));
  } catch {
    return undefined;
  }
}

function take(lock) {
  const own = `${lock}-${process.pid}`;
  try {
    mkdirSync(own, { recursive: true });
    writeFileSync(`${own}/pid`, `${process.pid}`);
    renameSync(own, lock);
    return true;
  } catch (error) {
    remove(own);
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code) && holderOf(lock) === undefined) throw error;
    return false;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM"; // there, but not ours
  }
}

/** Moves the lock of one who died aside. Of several who try one succeeds: its grave is in the way of the others. */
function bury(lock, grave) {
  try {
    renameSync(lock, grave);
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until nobody else does a set-up.
 * @param lock path of a folder that is there while somebody does
 * @param onWait told once, when there is somebody to wait for
 * @returns what lets the next one in
 */
export function lockSetUp(lock, onWait) {
  const graves = [];
  let isTold = false;
  try {
    while (!take(lock)) {
      const pid = holderOf(lock);
      const grave = `${lock}-${pid}`;
      if (pid !== undefined && !isAlive(pid) && bury(lock, grave)) {
        graves.push(grave);
        continue;
      }
      if (!isTold) onWait();
      isTold = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MILLISECONDS);
    }
  } catch {
    return () => undefined; // nothing can be written here: npm says so better
  }
  // A grave goes last: one who saw the dead holder must not move aside the lock that is ours.
  return () => [lock, ...graves].forEach(remove);
}
