// Draws docs/images/tick.svg: what happens in a tick, with the limits and policies that there really are.
// Run it with `npm run pictures` after changing either registry.
import { mkdirSync, writeFileSync } from "node:fs";
import { limits } from "@headroom/decisions/limits/registry";
import { policySettings } from "@headroom/decisions/policies/registry";

type Box = { title: string; lines: string[]; where: "io" | "pure" };

const kinds = policySettings.options.map((option) => option.shape.kind.value);
const boxes: Box[] = [
  { title: "Observe", where: "io", lines: ["capacities", "signals (one batch)", "leases, memory"] },
  { title: "Trust", where: "pure", lines: ["fresh? settled?", "finite? in range?", "missing is not zero"] },
  { title: "Propose", where: "pure", lines: kinds },
  { title: "Combine", where: "pure", lines: ["highest proposal;", "raising needs one,", "lowering needs all"] },
  { title: "Limit", where: "pure", lines: limits.map(({ name }) => name) },
  { title: "Act", where: "io", lines: ["claim (one write)", "check again", "set, verify, settle"] },
  { title: "Record", where: "io", lines: ["what was seen", "every reason", "replays exactly"] },
];

const WIDTH = 150;
const GAP = 26;
const TOP = 84;
const HEIGHT = 60 + 18 * Math.max(...boxes.map(({ lines }) => lines.length));
const BOTTOM = TOP + HEIGHT + 48;
const total = boxes.length * WIDTH + (boxes.length - 1) * GAP + 40;

function box({ title, lines, where }: Box, index: number): string {
  const x = 20 + index * (WIDTH + GAP);
  const text = lines.map((line, row) => `<text x="${x + 14}" y="${TOP + 56 + row * 18}" class="line">${line}</text>`);
  const arrow =
    index === 0
      ? ""
      : `<path d="M${x - GAP + 3} ${TOP + HEIGHT / 2}h${GAP - 9}" class="arrow" marker-end="url(#head)"/>`;
  return `${arrow}<rect x="${x}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" rx="8" class="${where}"/>
<text x="${x + 14}" y="${TOP + 28}" class="title">${title}</text>${text.join("")}`;
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total} ${BOTTOM}" role="img" aria-label="A tick: observe, trust, propose, combine, limit, act, record">
<style>
text{font-family:system-ui,sans-serif;fill:#1d2733}.title{font-size:17px;font-weight:600}.line{font-size:13px}.note{font-size:14px;fill:#5a6675}
.io{fill:#fff4e2;stroke:#d98a1f}.pure{fill:#e8f1fd;stroke:#3b78c4}.arrow{stroke:#5a6675;stroke-width:2;fill:none}
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#5a6675"/></marker></defs>
<rect width="${total}" height="${BOTTOM}" fill="#ffffff"/>
<text x="20" y="34" class="title">A tick, once a minute: EventBridge Scheduler → Lambda</text>
<text x="20" y="58" class="note">Orange talks to the world. Blue is one pure function, decide(input), that a record replays.</text>
${boxes.map(box).join("\n")}
<text x="20" y="${BOTTOM - 16}" class="note">Whatever dies on the way, the claim says what was meant, and the next tick finds out what became of it.</text>
</svg>
`;

mkdirSync("docs/images", { recursive: true });
writeFileSync("docs/images/tick.svg", svg);
