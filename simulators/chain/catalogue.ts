import { type Product, productSchema } from "../../domain/product.ts";
import type { Random } from "../random.ts";
import { gtinOfItem } from "./gtin-of-item.ts";

type Style = { category: string; noun: string; code: string; priceCents: number; sizes: readonly string[] };

const LETTER_SIZES = ["XS", "S", "M", "L", "XL"];
const WAIST_SIZES = ["28", "30", "32", "34", "36"];
const SHOE_SIZES = ["37", "39", "41", "43", "45"];
const ONE_SIZE = ["one size"];

const STYLES: readonly Style[] = [
  { category: "T-shirts", noun: "Crew T-Shirt", code: "TS", priceCents: 1990, sizes: LETTER_SIZES },
  { category: "Shirts", noun: "Oxford Shirt", code: "SH", priceCents: 4990, sizes: LETTER_SIZES },
  { category: "Knitwear", noun: "Merino Jumper", code: "KN", priceCents: 6990, sizes: LETTER_SIZES },
  { category: "Trousers", noun: "Chino Trousers", code: "TR", priceCents: 5990, sizes: WAIST_SIZES },
  { category: "Denim", noun: "Slim Jeans", code: "DN", priceCents: 7990, sizes: WAIST_SIZES },
  { category: "Dresses", noun: "Wrap Dress", code: "DR", priceCents: 8990, sizes: LETTER_SIZES },
  { category: "Outerwear", noun: "Rain Parka", code: "OW", priceCents: 14990, sizes: LETTER_SIZES },
  { category: "Shoes", noun: "Canvas Sneakers", code: "SN", priceCents: 6490, sizes: SHOE_SIZES },
  { category: "Sportswear", noun: "Running Tights", code: "SP", priceCents: 4490, sizes: LETTER_SIZES },
  { category: "Accessories", noun: "Wool Scarf", code: "AC", priceCents: 2990, sizes: ONE_SIZE },
];
const UNTAGGED: Style = {
  category: "Small items",
  noun: "Cotton Socks",
  code: "SO",
  priceCents: 490,
  sizes: ["35-38", "39-42", "43-46"],
};
const LINES = [
  "Harbour",
  "Linden",
  "Atlas",
  "Meadow",
  "Studio",
  "Nordic",
  "Canyon",
  "Mistral",
  "Orchard",
  "Pilot",
];
const COLOURS = ["black", "white", "navy", "olive", "sand", "rust", "sky", "plum"];

/**
 * `count` products of a made-up clothing retailer. Their GTINs stand under GS1's demonstration prefix 952 and so can
 * never be anybody's. The first `untaggedCount` carry no RFID tag.
 */
export function createCatalogue(count: number, untaggedCount: number, random: Random): Product[] {
  const tagged = taggedVariants(random);
  const untagged = variantsOf(UNTAGGED, "Basic", 0, random);
  const products: Product[] = [];
  for (let index = 0; index < count; index += 1) {
    const source = index < untaggedCount ? untagged : tagged;
    const variant = source.next().value;
    products.push(
      productSchema.parse({ ...variant, gtin: gtinOfItem(index), isTagged: index >= untaggedCount }),
    );
  }
  return products;
}

type Variant = Pick<Product, "sku" | "name" | "category" | "price" | "cost">;

/** Line by line through all styles, so that a small catalogue has every category too. */
function* taggedVariants(random: Random): Generator<Variant, never> {
  for (let season = 0; ; season += 1) {
    for (const [lineIndex, line] of LINES.entries()) {
      for (const [styleIndex, style] of STYLES.entries()) {
        const variants = variantsOf(style, line, season * 1000 + lineIndex * 10 + styleIndex, random);
        for (let taken = 0; taken < style.sizes.length; taken += 1) yield variants.next().value;
      }
    }
  }
}

/** All sizes of one colour, then of the next. Colour and price are drawn anew for every five variants. */
function* variantsOf(
  style: Style,
  line: string,
  styleNumber: number,
  random: Random,
): Generator<Variant, never> {
  for (let round = 0; ; round += 1) {
    const colour = random.pick(COLOURS) ?? "black";
    const priceCents = Math.max(290, style.priceCents + (random.int(5) - 2) * 500);
    for (const size of style.sizes) {
      yield {
        sku: `${style.code}-${1000 + styleNumber}-${round}-${colour.slice(0, 3).toUpperCase()}-${size.replaceAll(" ", "")}`,
        name: `${line} ${style.noun}, ${colour}, ${size}`,
        category: style.category,
        price: (priceCents / 100).toFixed(2),
        cost: ((priceCents * 0.4) / 100).toFixed(2),
      };
    }
  }
}
