import { emulatedContract } from "./emulated.contract.ts";
import { ministack } from "./emulators/ministack.ts";
import { ministackGaps } from "./gaps/ministack.ts";
import { ministackStandIns } from "./stand-ins.ts";

emulatedContract({ recipe: ministack, hasScalableTargets: false, gaps: ministackGaps, standIns: ministackStandIns });
