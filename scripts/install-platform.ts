import { installPlatform } from "../test/synth/offline/platform.ts";

// Before the types of infra/ can be checked: they are SST's and Pulumi's, which the SST CLI installs in `.sst`.

await installPlatform();
