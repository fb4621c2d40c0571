import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// In development the API is the server's own: `npm run dev` beside `npx vite dashboard`.
const server = "http://127.0.0.1:8080";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: scripts or styles; fonts and images stay files.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The second page is an example of a shop: docs/client.md.
      input: {
        index: `${import.meta.dirname}/index.html`,
        storefront: `${import.meta.dirname}/storefront.html`,
      },
    },
  },
  server: {
    proxy: {
      "/v1": { target: server, ws: true },
      "/login": server,
      "/docs": server,
    },
  },
});
