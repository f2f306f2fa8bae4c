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
    const { dashboard } = await import("./infra/dashboard.ts");
    return {
      table: table.name,
      bus: bus.name,
      notifications: topic.arn,
      dashboard: dashboard.dashboardName,
    };
  },
});
