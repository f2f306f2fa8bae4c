/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const isProduction = input.stage === "production";
    return {
      name: "headroom",
      home: "aws",
      version: "4.17.1",
      removal: isProduction ? "retain" : "remove",
      protect: isProduction,
      providers: {
        aws: { version: "7.20.0", defaultTags: { tags: { application: "headroom", stage: input.stage } } },
      },
    };
  },
  async run() {
    await import("./infra/fleet.ts");
    const { table } = await import("./infra/table.ts");
    const { bus } = await import("./infra/bus.ts");
    const { topic } = await import("./infra/notifications.ts");
    await import("./infra/wake.ts");
    await import("./infra/schedules.ts");
    await import("./infra/forecasts.ts");
    const { alarm, shard, tick } = await import("./infra/functions.ts");
    const { forecasts } = await import("./infra/forecasts.ts");
    const { dashboard } = await import("./infra/dashboard.ts");
    return {
      table: table.name,
      bus: bus.name,
      notifications: topic.arn,
      // Whom a role in another account has to trust.
      roles: [tick, shard, alarm, ...Object.values(forecasts.functions)].map(({ nodes }) => nodes.role.arn),
      dashboard: dashboard.dashboardName,
    };
  },
});
