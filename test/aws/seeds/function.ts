import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateFunctionCommand } from "@aws-sdk/client-lambda";
import type { SeedClients } from "./clients.ts";

/** A zip archive with one file, index.js: `exports.handler=async()=>1;` */
const CODE = Buffer.from(
  "UEsDBBQAAAAAAAAAIVzyAYmUHAAAABwAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXI9YXN5bmMoKT0+MTsKUEsBAhQDFAAAAAAAAAAhXPIBiZQcAAAAHAAAAAgAAAAAAAAAAAAAAKQBAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAEIAAAAAAA==",
  "base64",
);

/** Of the same name as the alias of every function that is seeded. */
export const ALIAS = "live";

/** A Lambda function that does nothing, with an alias on its first version. */
export async function createFunction({ iam, lambda }: SeedClients, name: string): Promise<void> {
  const principal = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [principal] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName: name, Role: Role?.Arn, Runtime: "nodejs24.x", Handler: "index.handler" },
      ...{ Code: { ZipFile: CODE }, Publish: true },
    }),
  );
  await lambda.send(new CreateAliasCommand({ FunctionName: name, Name: ALIAS, FunctionVersion: "1" }));
}
