import type { ReactNode } from "react";

/** Some components of a kind, under a heading. */
export function GallerySection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="gallery-section" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
