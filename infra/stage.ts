/** Whether what is here must outlive a mistake. */
export const isProduction = $app.stage === "production";

/** The name of a thing of this stage, as people read it in the AWS console. */
export const named = (what: string) => `${$app.name}-${$app.stage}-${what}`;

export const partition = aws.getPartitionOutput().partition;
export const region = aws.getRegionOutput().region;
export const account = aws.getCallerIdentityOutput().accountId;
