export type City = {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  timeZone: string;
  street: string;
};

/** Cities where the made-up retailer has stores, all with the euro. Degrees are WGS 84, rounded to about a kilometre. */
export const CITIES: readonly City[] = [
  {
    id: "hamburg",
    name: "Hamburg",
    latitude: 53.55,
    longitude: 9.99,
    timeZone: "Europe/Berlin",
    street: "Spitalerstr. 1",
  },
  {
    id: "berlin",
    name: "Berlin",
    latitude: 52.5,
    longitude: 13.33,
    timeZone: "Europe/Berlin",
    street: "Tauentzienstr. 2",
  },
  {
    id: "munich",
    name: "Munich",
    latitude: 48.14,
    longitude: 11.57,
    timeZone: "Europe/Berlin",
    street: "Kaufingerstr. 3",
  },
  {
    id: "vienna",
    name: "Vienna",
    latitude: 48.2,
    longitude: 16.35,
    timeZone: "Europe/Vienna",
    street: "Mariahilfer Str. 4",
  },
  {
    id: "amsterdam",
    name: "Amsterdam",
    latitude: 52.37,
    longitude: 4.89,
    timeZone: "Europe/Amsterdam",
    street: "Kalverstraat 5",
  },
  {
    id: "brussels",
    name: "Brussels",
    latitude: 50.85,
    longitude: 4.35,
    timeZone: "Europe/Brussels",
    street: "Rue Neuve 6",
  },
  {
    id: "paris",
    name: "Paris",
    latitude: 48.86,
    longitude: 2.35,
    timeZone: "Europe/Paris",
    street: "Rue de Rivoli 7",
  },
  {
    id: "milan",
    name: "Milan",
    latitude: 45.46,
    longitude: 9.19,
    timeZone: "Europe/Rome",
    street: "Corso Buenos Aires 8",
  },
  {
    id: "madrid",
    name: "Madrid",
    latitude: 40.42,
    longitude: -3.7,
    timeZone: "Europe/Madrid",
    street: "Gran Vía 9",
  },
  {
    id: "lisbon",
    name: "Lisbon",
    latitude: 38.71,
    longitude: -9.14,
    timeZone: "Europe/Lisbon",
    street: "Rua Augusta 10",
  },
  {
    id: "dublin",
    name: "Dublin",
    latitude: 53.35,
    longitude: -6.26,
    timeZone: "Europe/Dublin",
    street: "Grafton Street 11",
  },
  {
    id: "helsinki",
    name: "Helsinki",
    latitude: 60.17,
    longitude: 24.94,
    timeZone: "Europe/Helsinki",
    street: "Aleksanterinkatu 12",
  },
];

export const WAREHOUSE_CITY: City = {
  id: "kassel",
  name: "Kassel",
  latitude: 51.31,
  longitude: 9.48,
  timeZone: "Europe/Berlin",
  street: "Am Güterbahnhof 20",
};
