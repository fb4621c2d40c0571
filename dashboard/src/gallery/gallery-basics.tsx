import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Icon, ICON_NAMES } from "../ui/icon.tsx";
import { GallerySection } from "./gallery-section.tsx";

const TYPE = ["3xl", "2xl", "xl", "lg", "md", "sm", "xs"] as const;
const GROUNDS = [
  "canvas",
  "surface",
  "surface-2",
  "surface-3",
  "accent-soft",
  "good-soft",
  "warn-soft",
  "bad-soft",
] as const;
const CHART = [1, 2, 3, 4, 5, 6] as const;
const HEAT = [1, 2, 3, 4, 5, 6, 7] as const;
const HOUR_MS = 3_600_000;
const openedAtMs = () => Date.now();

export function GalleryBasics() {
  const nowMs = openedAtMs();
  return (
    <>
      <GallerySection title="Type">
        <div className="gallery-stack">
          {TYPE.map((size) => (
            <p key={size} className={`type-${size}`}>
              {size} <span className="numeric">1,234.50</span> units on hand
            </p>
          ))}
        </div>
      </GallerySection>
      <GallerySection title="Colours">
        <ul className="gallery-swatches">
          {GROUNDS.map((name) => (
            <li key={name} className={`swatch ground-${name}`}>
              {name}
            </li>
          ))}
        </ul>
        <ul className="gallery-swatches">
          {CHART.map((place) => (
            <li key={place} className="swatch-mark">
              <i className={`chart-${place}`} aria-hidden="true" />
              chart-{place}
            </li>
          ))}
        </ul>
        <ul className="gallery-swatches">
          {HEAT.map((step) => (
            <li key={step} className={`swatch heat-${step}`}>
              {step}
            </li>
          ))}
        </ul>
      </GallerySection>
      <GallerySection title="Buttons">
        <div className="gallery-row">
          <Button look="primary">Primary</Button>
          <Button>Plain</Button>
          <Button look="quiet">Quiet</Button>
          <Button disabled>Disabled</Button>
          <IconButton icon="info" label="An icon alone" />
        </div>
      </GallerySection>
      <GallerySection title="Badges and ages">
        <div className="gallery-row">
          <Badge tone="good" icon="check">
            In step
          </Badge>
          <Badge tone="warn" icon="warning">
            Drifting
          </Badge>
          <Badge tone="bad" icon="block">
            Silent
          </Badge>
          <Badge tone="calm" icon="empty">
            Nothing
          </Badge>
          <Badge tone="accent" icon="hold">
            Held
          </Badge>
          <Age atMs={nowMs - 4 * 60_000 - 5_000} />
          <Age atMs={nowMs - 5 * HOUR_MS - 60_000} />
          <Age atMs={nowMs - 80 * HOUR_MS} />
          <Age atMs={null} />
        </div>
      </GallerySection>
      <GallerySection title="Icons">
        <ul className="gallery-icons">
          {ICON_NAMES.map((name) => (
            <li key={name}>
              <Icon name={name} />
              {name}
            </li>
          ))}
        </ul>
      </GallerySection>
      <GallerySection title="Fields">
        <div className="gallery-fields">
          <TextField label="Text" defaultValue="Wool scarf" />
          <TextField label="Empty" placeholder="Name, SKU or GTIN" />
          <TextField label="Disabled" disabled defaultValue="–" />
          <SelectField
            label="Choice"
            hint="One of several"
            value="b"
            choices={CHOICES}
            onChange={() => undefined}
          />
          <TextAreaField
            label="Long text"
            hint="For a note"
            value="Counted twice."
            onChange={() => undefined}
          />
        </div>
      </GallerySection>
      <GallerySection title="Facts">
        <Facts>
          <Fact label="Location">Old Town</Fact>
          <Fact label="On hand">12</Fact>
        </Facts>
      </GallerySection>
    </>
  );
}

const CHOICES = [
  { value: "a", label: "All locations" },
  { value: "b", label: "Old Town" },
];
