import { ScalableDimension } from "@aws-sdk/client-application-auto-scaling";
import { resource } from "@headroom/decisions/config/resources";
import { expect, it } from "vitest";
import { readers } from "../registered/registry.ts";
import { adapters, kinds } from "./registry.ts";

it("every kind that can be configured can be read and set, and says where AWS describes it", () => {
  const configured = resource.options.map(({ shape }) => shape.kind.value);
  const connect = () => () => {
    throw new Error("no client is made before it is needed");
  };
  const wired = adapters({ connect, clock: { now: () => 0 } });
  expect(Object.keys(kinds).sort()).toEqual([...configured].sort());
  expect(Object.keys(wired).sort()).toEqual([...configured].sort());
  for (const { documentation } of [...Object.values(kinds), ...readers]) {
    expect(documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});

it("every dimension that can be read is one of AWS's, and read in one way", () => {
  const dimensions = readers.flatMap((reader) => reader.dimensions);
  expect(new Set(dimensions).size).toBe(dimensions.length);
  for (const dimension of dimensions) expect(Object.values<string>(ScalableDimension)).toContain(dimension);
});
