import { letsThrough, type PickupFilter } from "./pickup-facts.ts";
import { ratioOf } from "./sale-line.ts";

/** `csat` is answered with 1 to 5, `nps` with 0 to 10. */
export type AnswerFact = {
  question: "csat" | "nps";
  score: number;
  locationId: string;
  channel: string;
  atMs: number;
};

/** K10: CSAT is 4 and 5 of 5 ÷ answers; NPS is 100 × (share of 9 and 10 − share of 0 to 6). */
export function satisfaction(facts: readonly AnswerFact[], filter: PickupFilter) {
  const answers = facts.filter((fact) => letsThrough(filter, fact.atMs, fact));
  const csat = answers.filter(({ question }) => question === "csat");
  const nps = answers.filter(({ question }) => question === "nps");
  const satisfied = csat.filter(({ score }) => score >= 4).length;
  const promoters = nps.filter(({ score }) => score >= 9).length;
  const detractors = nps.filter(({ score }) => score <= 6).length;
  return {
    csat_answers: csat.length,
    csat_satisfied: satisfied,
    csat: ratioOf(satisfied, csat.length),
    nps_answers: nps.length,
    nps_promoters: promoters,
    nps_detractors: detractors,
    nps: ratioOf(100 * (promoters - detractors), nps.length),
  };
}
