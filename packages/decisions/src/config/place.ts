/** Where a resource is, and the role to act with; what is absent is as where Headroom itself runs. */
export type Place = { account?: string | undefined; region?: string | undefined; role?: string | undefined };

/** Where Headroom itself runs, with its own permissions. */
export const HERE: Place = {};

/** The place that a target's configuration names. */
export function placeOf({ account, region, role }: Place): Place {
  return { account, region, role };
}

/** The same text for the same place, such as `here/eu-west-1`; a role of its own is a part of it. */
export function placeName({ account = "here", region = "here", role }: Place): string {
  return role === undefined ? `${account}/${region}` : `${account}/${region}/${role}`;
}
