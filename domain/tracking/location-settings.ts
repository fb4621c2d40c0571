import {
  DEFAULT_TRACKING_SETTINGS,
  type TrackingOverrides,
  type TrackingSettings,
} from "./tracking-settings.ts";

/** The thresholds of each location, by its number. A location that was not told of has the defaults. */
export class LocationSettings {
  readonly defaults: TrackingSettings;
  readonly #byLocation: TrackingSettings[] = [];

  constructor(defaults: TrackingOverrides) {
    this.defaults = { ...DEFAULT_TRACKING_SETTINGS, ...defaults };
  }

  at(location: number): TrackingSettings {
    return this.#byLocation[location] ?? this.defaults;
  }

  set(location: number, settings: TrackingSettings): void {
    // Without holes: a gap would make every look-up slow.
    while (this.#byLocation.length <= location) this.#byLocation.push(this.defaults);
    this.#byLocation[location] = settings;
  }
}
