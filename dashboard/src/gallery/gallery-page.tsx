import { PageHead } from "../app/page-head.tsx";
import { GalleryBasics } from "./gallery-basics.tsx";
import { GalleryCharts } from "./gallery-charts.tsx";
import { GalleryFigures } from "./gallery-figures.tsx";
import "./gallery-page.css";
import { GalleryStates } from "./gallery-states.tsx";

/** Every component in every state, on fixtures: what the screenshot test looks at. It is for who builds pages, in English. */
export function GalleryPage() {
  return (
    <>
      <PageHead title="Gallery" />
      <div className="page-body page-scroll gallery" lang="en">
        <GalleryBasics />
        <GalleryFigures />
        <GalleryCharts />
        <GalleryStates />
      </div>
    </>
  );
}
