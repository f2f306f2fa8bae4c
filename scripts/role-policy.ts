import { grantsOfRole } from "@headroom/aws/grants";
import { policiesOf } from "@headroom/aws/policies";
import { loadConfig } from "@headroom/cli/config/load";

// The policies that a role in another account needs whose targets are in headroom.config.ts, as JSON for IAM: `npm run
// role-policy -- ARN`. Targets of it without a region of their own are in the second argument's.

const [role, region = "us-east-1"] = process.argv.slice(2);
const [, partition, , , account] = role?.split(":") ?? [];
if (role === undefined || partition === undefined || account === undefined) {
  console.error("Write the ARN of a role of the fleet: npm run role-policy -- ARN [REGION]");
  process.exit(2);
}

const { file, fleet } = await loadConfig(undefined, process.cwd());
const policies = policiesOf(grantsOfRole(fleet, role, { partition, region, account }));
if (policies.length === 0) {
  console.error(`No target in ${file} has the role ${role}.`);
  process.exit(1);
}
for (const policy of policies) console.log(JSON.stringify(policy, null, 2));
