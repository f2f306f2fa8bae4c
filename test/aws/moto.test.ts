import { emulatedContract } from "./emulated.contract.ts";
import { moto } from "./emulators/moto.ts";
import { motoGaps } from "./gaps/moto.ts";
import { motoStandIns } from "./stand-ins.ts";

emulatedContract({ recipe: moto, hasScalableTargets: true, gaps: motoGaps, standIns: motoStandIns });
