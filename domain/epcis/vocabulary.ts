/** The standard words of EPCIS 2.0 and CBV 2.0 (GS1, facts). In JSON they stand bare; anything else has to be a URI. */

export const ACTIONS = ["OBSERVE", "ADD", "DELETE"] as const;
export type EpcisAction = (typeof ACTIONS)[number];

export const EVENT_TYPES = [
  "ObjectEvent",
  "AggregationEvent",
  "TransactionEvent",
  "TransformationEvent",
  "AssociationEvent",
] as const;
export type EpcisEventType = (typeof EVENT_TYPES)[number];

/** Business steps of CBV 2.0, as bare words. */
export const BIZ_STEPS: readonly string[] = (
  "accepting arriving assembling collecting commissioning consigning creating_class_instance " +
  "cycle_counting decommissioning departing destroying disassembling dispensing encoding " +
  "entering_exiting holding inspecting installing killing loading other packing picking receiving " +
  "removing repackaging repairing replacing reserving retail_selling shipping staging_outbound " +
  "stock_taking stocking storing transporting unloading unpacking void_shipping sensor_reporting " +
  "sampling"
).split(" ");

/** Dispositions of CBV 2.0, as bare words. */
export const DISPOSITIONS: readonly string[] = (
  "active container_closed damaged destroyed dispensed disposed encoded expired in_progress in_transit " +
  "inactive no_pedigree_match non_sellable_other partially_dispensed recalled reserved retail_sold " +
  "returned sellable_accessible sellable_not_accessible stolen unknown available completeness_verified " +
  "completeness_inferred conformant container_open mismatch_instance mismatch_class mismatch_quantity " +
  "needs_replacement non_conformant unavailable"
).split(" ");

/** Types of business transactions. There is none for a till's receipt: that takes a URI of one's own. */
export const BIZ_TRANSACTION_TYPES: readonly string[] =
  "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt".split(" ");

/** Types of sources and destinations. */
export const SOURCE_AND_DESTINATION_TYPES: readonly string[] = "owning_party possessing_party location".split(
  " ",
);

/** Why an event is declared wrong. */
export const ERROR_REASONS: readonly string[] = "did_not_occur incorrect_data".split(" ");

/** What a sensor measures, of GS1's web vocabulary. */
export const MEASUREMENT_TYPES: readonly string[] = (
  "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude AmountOfSubstance " +
  "AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area " +
  "Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate " +
  "DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy " +
  "Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum " +
  "Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential " +
  "Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy " +
  "MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity Resistance " +
  "Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque " +
  "Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber"
).split(" ");

/** Alerts of a sensor, of GS1's web vocabulary. */
export const SENSOR_ALERTS: readonly string[] = "ALARM_CONDITION ERROR_CONDITION".split(" ");

/** Parts of a measured vector or position. */
export const COMPONENTS: readonly string[] = (
  "x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing " +
  "latitude longitude altitude"
).split(" ");

/** Where bare words live on the web: they are written so inside a hash, and understood so in queries. */
export const VOCABULARIES = {
  bizStep: { web: "https://ref.gs1.org/cbv/BizStep-", urn: "urn:epcglobal:cbv:bizstep:" },
  disposition: { web: "https://ref.gs1.org/cbv/Disp-", urn: "urn:epcglobal:cbv:disp:" },
  bizTransactionType: { web: "https://ref.gs1.org/cbv/BTT-", urn: "urn:epcglobal:cbv:btt:" },
  sourceOrDestinationType: { web: "https://ref.gs1.org/cbv/SDT-", urn: "urn:epcglobal:cbv:sdt:" },
  errorReason: { web: "https://ref.gs1.org/cbv/ER-", urn: "urn:epcglobal:cbv:er:" },
  component: { web: "https://ref.gs1.org/cbv/Comp-", urn: null },
  measurement: { web: "https://gs1.org/voc/", urn: null },
} as const;
export type VocabularyName = keyof typeof VOCABULARIES;

/** The bare word behind any of a word's forms (bare, URN, web URI, `cbv:` CURIE); other URIs as they are. */
export function bareWord(vocabulary: VocabularyName, text: string): string {
  const { web, urn } = VOCABULARIES[vocabulary];
  const curie = web.replace("https://ref.gs1.org/cbv/", "cbv:").replace("https://gs1.org/voc/", "gs1:");
  for (const prefix of [web, curie, urn]) {
    if (prefix !== null && text.startsWith(prefix)) return text.slice(prefix.length);
  }
  return text;
}
