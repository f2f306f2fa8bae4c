// Where the synthesised stages would be. The account is the one of AWS's own examples.
export const PARTITION = "aws";
export const REGION = "eu-west-1";
export const ACCOUNT = "123456789012";
