import { COMPONENTS, MEASUREMENT_TYPES, SENSOR_ALERTS } from "../../../domain/epcis/vocabulary.ts";
import {
  hex,
  listOf,
  number,
  objectOf,
  type Schema,
  text,
  time,
  uri,
  webWordOrOtherUri,
  wordOrOtherUri,
} from "./parts.ts";

const device = { deviceID: uri, deviceMetadata: uri, rawData: uri, dataProcessingMethod: uri, bizRules: uri };

const sensorMetadata = objectOf(
  { time, startTime: time, endTime: time, ...device },
  { others: "namespaced" },
);

const sensorReport = objectOf(
  {
    type: webWordOrOtherUri(MEASUREMENT_TYPES),
    exception: webWordOrOtherUri(SENSOR_ALERTS),
    ...device,
    time,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    value: number,
    component: wordOrOtherUri(COMPONENTS),
    stringValue: text,
    booleanValue: { type: "boolean" },
    hexBinaryValue: hex,
    uriValue: uri,
    minValue: number,
    maxValue: number,
    meanValue: number,
    sDev: number,
    percRank: number,
    percValue: number,
    uom: text,
  },
  { required: ["type"], others: "namespaced" },
);

/** What a sensor measured, with how: kept and given out again, never judged. */
export const sensorElementList: Schema = listOf(
  objectOf(
    { sensorMetadata, sensorReport: listOf(sensorReport, { minItems: 1 }) },
    { required: ["sensorReport"], others: "namespaced" },
  ),
);
