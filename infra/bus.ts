/** What Headroom announces; `events/` has the schemas. Subscribe to it with rules of your own. */
export const bus = new sst.aws.Bus("Events");
