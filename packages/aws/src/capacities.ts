import { HERE, type Place, placeName } from "@headroom/decisions/config/place";
import type { Resource, ResourceOf } from "@headroom/decisions/config/resources";
import type { CapacityAnswer } from "@headroom/decisions/model";
import type { Addressed, Capacities } from "@headroom/loops/world";
import { answered, ifPossible } from "./answers.ts";
import { rivalsWatch } from "./native/rivals.ts";
import { type Adapters, adapters } from "./targets/registry.ts";
import type { Adapter, Asked, Fallback, Wires } from "./targets/target-kind.ts";

type Kind = Resource["kind"];
type Of<K extends Kind> = ResourceOf<K> & { kind: K };

function isOf<K extends Kind>(resource: Resource, kind: K): resource is ResourceOf<K> {
  return resource.kind === kind;
}

function ofKind<K extends Kind>(targets: readonly Addressed[], kind: K): Asked<ResourceOf<K>>[] {
  return targets.flatMap(({ id, resource }) => (isOf(resource, kind) ? [{ id, resource }] : []));
}

type ByKind = { [K in Kind]: () => Promise<Adapter<ResourceOf<K>>> };

async function readKind<K extends Kind>(all: ByKind, kind: K, targets: readonly Addressed[], place: Place) {
  return (await all[kind]()).read(ofKind(targets, kind), place);
}

async function setOf<K extends Kind>(all: ByKind, resource: Of<K>, capacity: number, place: Place) {
  return (await all[resource.kind]()).set(resource, capacity, place);
}

type Minimum = { minimum: number; fallback: Fallback };

async function setMinimumOf<K extends Kind>(
  all: ByKind,
  resource: Of<K>,
  { minimum, fallback }: Minimum,
  place: Place,
) {
  return (await all[resource.kind]()).setMinimum(resource, minimum, fallback, place);
}

type MaxOf = (target: string) => number | undefined;

async function rivalsOfKind<K extends Kind>(all: ByKind, kind: K, { place, targets }: Group, maxOf: MaxOf) {
  const contested = ofKind(targets, kind).map((each) => ({ ...each, max: maxOf(each.id) ?? Number.POSITIVE_INFINITY }));
  return (await all[kind]()).rivals(contested, place);
}

type Group = { kind: Kind; place: Place; targets: Addressed[] };

/** Targets that one adapter reads together: of one kind, in one place. */
function groupsOf(targets: readonly Addressed[]): Group[] {
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const { resource, place = HERE } = target;
    const name = `${resource.kind} ${placeName(place)}`;
    const group = groups.get(name) ?? { kind: resource.kind, place, targets: [] };
    group.targets.push(target);
    groups.set(name, group);
  }
  return [...groups.values()];
}

async function readAll(all: Adapters, targets: readonly Addressed[]): Promise<Map<string, CapacityAnswer>> {
  const answers = await Promise.all(
    groupsOf(targets).map(({ kind, place, targets: group }) =>
      answered(
        group.map(({ id }) => id),
        () => readKind(all, kind, group, place),
      ),
    ),
  );
  return new Map(answers.flat());
}

type Contested = Wires & {
  /** The most units that Headroom sets, of a target for which it matters what else may lower it. */
  contested: MaxOf;
};

/** What else may lower each; those of a kind and place that could not be looked at are left out. */
async function rivalsOfAll(all: Adapters, targets: readonly Addressed[], maxOf: MaxOf): Promise<Map<string, string[]>> {
  const found = await Promise.all(
    groupsOf(targets).map((group) => ifPossible(rivalsOfKind(all, group.kind, group, maxOf))),
  );
  return new Map(found.flatMap((each) => [...(each ?? [])]));
}

/** The capacities of targets at AWS, of every kind and in every place. */
export function createCapacities(wires: Contested): Capacities {
  const all = adapters(wires);
  const rivals = (targets: readonly Addressed[]) => rivalsOfAll(all, targets, wires.contested);
  const watch = rivalsWatch(wires.clock, rivals);
  return {
    async read(targets) {
      const watched = targets.filter(({ id }) => wires.contested(id) !== undefined);
      const [answers, others] = await Promise.all([readAll(all, targets), watch(watched)]);
      return new Map(
        [...answers].map(([id, answer]) => {
          if (answer.is === "failed" || wires.contested(id) === undefined) return [id, answer];
          return [id, { ...answer, rivals: others.get(id) ?? null }];
        }),
      );
    },
    set: ({ resource, place = HERE }, capacity) => setOf(all, resource, capacity, place),
    setMinimum: ({ resource, place = HERE }, minimum, fallback) =>
      setMinimumOf(all, resource, { minimum, fallback }, place),
  };
}
