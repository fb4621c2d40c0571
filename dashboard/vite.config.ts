import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressedFilesPlugin } from "./build/compressed-files-plugin.ts";
import { storePagePlugin } from "./store/build/store-page-plugin.ts";

// In development the API is the server's own: `npm run dev` beside `npx vite dashboard`.
const server = "http://127.0.0.1:8080";

export default defineConfig({
  base: "/",
  plugins: [react(), storePagePlugin(), compressedFilesPlugin()],
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: scripts or styles; fonts and images stay files.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Beside the dashboard: an example of a shop (docs/client.md), and the page for phones in stores (docs/store-page.md).
      input: {
        index: `${import.meta.dirname}/index.html`,
        storefront: `${import.meta.dirname}/storefront.html`,
        store: `${import.meta.dirname}/store/index.html`,
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
