import { words } from "./words.ts";

/** Aggregates and window functions; they take combinators (`sumIf`, `uniqState`, …). */
export const OPEN_AGGREGATES: readonly string[] = words(
  // Aggregate Functions
  `
    analysisOfVariance any anyHeavy anyLast anyLast_respect_nulls any_respect_nulls approx_top_k approx_top_sum argAndMax argAndMin
    argMax argMin avg avgWeighted boundingRatio categoricalInformationValue contingency corr corrMatrix corrStable count covarPop
    covarPopMatrix covarPopStable covarSamp covarSampMatrix covarSampStable cramersV cramersVBiasCorrected cume_dist deltaSum
    deltaSumTimestamp denseRank entropy exponentialMovingAverage exponentialTimeDecayedAvg exponentialTimeDecayedCount
    exponentialTimeDecayedMax exponentialTimeDecayedSum groupArray groupArrayInsertAt groupArrayIntersect groupArrayLast
    groupArrayMovingAvg groupArrayMovingSum groupArraySample groupArraySorted groupBitAnd groupBitOr groupBitXor groupBitmap
    groupBitmapAnd groupBitmapOr groupBitmapXor groupConcat groupUniqArray histogram intervalLengthSum kolmogorovSmirnovTest kurtPop
    kurtSamp lag lagInFrame largestTriangleThreeBuckets lead leadInFrame mannWhitneyUTest max maxIntersections
    maxIntersectionsPosition maxMappedArrays meanZTest min minMappedArrays nonNegativeDerivative nth_value ntile percentRank
    quantile quantileBFloat16 quantileBFloat16Weighted quantileDD quantileDeterministic quantileExact quantileExactExclusive
    quantileExactHigh quantileExactInclusive quantileExactLow quantileExactWeighted quantileExactWeightedInterpolated quantileGK
    quantileInterpolatedWeighted quantileTDigest quantileTDigestWeighted quantileTiming quantileTimingWeighted quantiles
    quantilesBFloat16 quantilesBFloat16Weighted quantilesDD quantilesDeterministic quantilesExact quantilesExactExclusive
    quantilesExactHigh quantilesExactInclusive quantilesExactLow quantilesExactWeighted quantilesExactWeightedInterpolated
    quantilesGK quantilesInterpolatedWeighted quantilesTDigest quantilesTDigestWeighted quantilesTiming quantilesTimingWeighted rank
    rankCorr retention row_number sequenceCount sequenceMatch sequenceMatchEvents simpleLinearRegression singleValueOrNull skewPop
    skewSamp sparkbar stddevPop stddevPopStable stddevSamp stddevSampStable studentTTest studentTTestOneSample sum sumCount sumKahan
    sumMapFiltered sumMapFilteredWithOverflow sumMapWithOverflow sumMappedArrays sumWithOverflow theilsU topK topKWeighted uniq
    uniqCombined uniqCombined64 uniqExact uniqHLL12 uniqUpTo varPop varPopStable varSamp varSampStable welchTTest windowFunnel
  `,
  // Aliases of aggregates
  `
    BIT_AND BIT_OR BIT_XOR COVAR_POP COVAR_SAMP STD STDDEV STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP anova anyLastRespectNulls
    anyRespectNulls anyValueRespectNulls any_value any_value_respect_nulls approx_top_count array_agg dense_rank
    firstValueRespectNulls first_value first_value_respect_nulls group_concat lastValueRespectNulls last_value
    last_value_respect_nulls lttb max_by median medianBFloat16 medianBFloat16Weighted medianDD medianDeterministic medianExact
    medianExactHigh medianExactLow medianExactWeighted medianExactWeightedInterpolated medianGK medianInterpolatedWeighted
    medianTDigest medianTDigestWeighted medianTiming medianTimingWeighted min_by percent_rank sparkBar string_agg
  `,
);

/** Endings that make another aggregate of an aggregate; several may follow each other. */
export const COMBINATORS: readonly string[] = words(
  "If Array Map State SimpleState Merge MergeState ForEach Distinct OrDefault OrNull Resample ArgMin ArgMax Null",
);

/** Functions that stand for a table after FROM. All of them make their rows up. */
export const OPEN_TABLE_FUNCTIONS: readonly string[] = words(
  "numbers zeros generateSeries generate_series values",
);
