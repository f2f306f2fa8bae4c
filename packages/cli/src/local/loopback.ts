/** Where the servers of this machine listen. */
export const LOOPBACK = "127.0.0.1";

/** Whether a request's Host is this machine. Another one is that of a web page whose name was made to lead here. */
export function isLoopback(host: string | null | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "");
  return name === LOOPBACK || name === "localhost";
}
