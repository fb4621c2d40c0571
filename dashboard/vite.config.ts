import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunksOfPages } from "./build/chunks-of-pages.ts";
import { compressedFilesPlugin } from "./build/compressed-files-plugin.ts";
import { storePagePlugin } from "./store/build/store-page-plugin.ts";

// In development the API is the server's own: `npm run dev` beside `npx vite dashboard`.
const server = "http://127.0.0.1:8080";

// Beside the dashboard: an example of a shop (docs/client.md), and the page for phones in stores (docs/store-page.md).
const otherPages = {
  storefront: `${import.meta.dirname}/storefront.html`,
  store: `${import.meta.dirname}/store/index.html`,
};
const firstPage = `${import.meta.dirname}/index.html`;

export default defineConfig({
  base: "/",
  plugins: [react(), storePagePlugin(), compressedFilesPlugin()],
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: scripts or styles; fonts and images stay files.
    assetsInlineLimit: 0,
    // Browsers without modulepreload ask for the scripts a little later; for the others it is one file less.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: firstPage, ...otherPages },
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: "pages",
              tags: ["$initial"],
              name: chunksOfPages(firstPage, otherPages),
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/v1": { target: server, ws: true },
      "/clickhouse": server,
      "/login": server,
      "/docs": server,
    },
  },
});
