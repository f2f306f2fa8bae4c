import { AsyncLocalStorage } from "node:async_hooks";
import { computed, digest, type Properties } from "./computed.ts";
import { answerTo } from "./invokes.ts";

// The mock monitor of Pulumi's SDK, made to keep what the program registers. Mocks are told the type, the name and the
// inputs; parents and options are only in the request, so its methods are wrapped.

export type Registered = {
  urn: string;
  type: string;
  name: string;
  parent: string;
  custom: boolean;
  id: string;
  inputs: Properties;
  outputs: Properties;
  protect: boolean;
  retainOnDelete: boolean;
};

type Request = {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect?(): boolean;
  getRetainondelete?(): boolean;
};
type Response = { getUrn(): string };
type Respond = (error: unknown, response: Response) => void;
type OutputsRequest = { getUrn(): string; getOutputs(): { toJavaScript(): unknown } };
type Register = (request: Request, respond: Respond) => Promise<void>;
type MockMonitor = {
  registerResource: Register;
  newUrn(parent: string, type: string, name: string): string;
  registerResourceOutputs(request: OutputsRequest, respond: unknown): void;
};

type Resource = { type: string; name: string; inputs: Properties; custom?: boolean; id?: string };
type Made = { id: string | undefined; state: Properties };
type Mocks = {
  newResource(resource: Resource): Made;
  call(question: { token: string; inputs: Properties }): Properties;
};

/** The parts of Pulumi's SDK that are used. It has to be the copy that the program itself loads. */
export type Pulumi = {
  runtime: {
    setMocks(mocks: Mocks, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  };
};
export type MocksModule = { MockMonitor: { prototype: MockMonitor } };

/** How Pulumi marks what is secret: the signature of a special value, and which one. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as JSON has it, with what was secret readable: there are no secrets here. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value ?? null;
  const entries = Object.entries(value);
  if (entries.some(([key, each]) => key === SIGNATURE && each === SECRET)) return plain(Reflect.get(value, "value"));
  return Object.fromEntries(entries.filter(([key]) => key !== "__provider").map(([key, each]) => [key, plain(each)]));
}

function plainProperties(value: unknown): Properties {
  return Object.fromEntries(Object.entries(plain(value) ?? {}));
}

type Kept = {
  registered: Registered[];
  /** What components said of themselves in the end, by URN. */
  outputs: Map<string, Properties>;
  /** Types and questions that nobody has answers for. */
  unknown: Set<string>;
};

function make({ type, name, inputs, custom = false, id }: Resource, unknown: Set<string>): Made {
  if (!custom) return { id: undefined, state: inputs };
  const made = computed(type, name, inputs);
  if (made === undefined && type.startsWith("aws:")) unknown.add(type);
  const fallback = { id: `${name}-${digest(type, 7)}`, state: inputs };
  return id ? { ...(made ?? fallback), id } : (made ?? fallback);
}

/** URNs as the engine makes them: the mock counts the stack as a parent, and SST reads the types in them. */
function urnOf(place: { project: string; stack: string }, parent: string, type: string, name: string): string {
  const above = parent.split("::")[2] ?? "";
  const qualified = above === "" || above === "pulumi:pulumi:Stack" ? type : `${above}$${type}`;
  return `urn:pulumi:${place.stack}::${place.project}::${qualified}::${name}`;
}

/** Keeps from now on what a program registers with this copy of Pulumi's SDK. */
export async function keepRegistrations(
  { runtime }: Pulumi,
  { MockMonitor: { prototype } }: MocksModule,
  place: { project: string; stack: string },
): Promise<Kept> {
  const kept: Kept = { registered: [], outputs: new Map(), unknown: new Set() };
  // Registrations run side by side: what the mock is told belongs to the request that it came with.
  const current = new AsyncLocalStorage<{ inputs: Properties; made: Made; custom: boolean }[]>();
  const mocks: Mocks = {
    newResource(resource) {
      const inputs = plainProperties(resource.inputs);
      const custom = resource.custom ?? false;
      const made = make({ ...resource, inputs }, kept.unknown);
      current.getStore()?.push({ inputs, made, custom });
      return made;
    },
    call({ token, inputs }) {
      const answer = answerTo(token, plainProperties(inputs));
      if (answer === undefined) kept.unknown.add(token);
      return answer ?? {};
    },
  };
  const { registerResource, registerResourceOutputs } = prototype;
  prototype.newUrn = (parent, type, name) => urnOf(place, parent, type, name);
  prototype.registerResource = function (this: MockMonitor, request, respond) {
    return current.run([], () =>
      registerResource.call(this, request, (error, response) => {
        const [told] = current.getStore() ?? [];
        if (!error && told !== undefined) {
          kept.registered.push({
            ...{ urn: response.getUrn(), type: request.getType(), name: request.getName() },
            ...{ parent: request.getParent(), custom: told.custom, id: told.made.id ?? "" },
            ...{ inputs: told.inputs, outputs: plainProperties(told.made.state) },
            ...{ protect: request.getProtect?.() ?? false, retainOnDelete: request.getRetainondelete?.() ?? false },
          });
        }
        respond(error, response);
      }),
    );
  };
  prototype.registerResourceOutputs = function (this: MockMonitor, request, respond) {
    kept.outputs.set(request.getUrn(), plainProperties(request.getOutputs().toJavaScript()));
    registerResourceOutputs.call(this, request, respond);
  };
  await runtime.setMocks(mocks, place.project, place.stack, false);
  return kept;
}
