/** Where something is at AWS, as names of resources say it: `aws`, `eu-west-1`, twelve digits. */
export type Where = { partition: string; region: string; account: string };

/** The Amazon Resource Name of something in an account and Region; `rest` is what the service itself puts at the end. */
export function arn(service: string, rest: string, { partition, region, account }: Where): string {
  return `arn:${partition}:${service}:${region}:${account}:${rest}`;
}
