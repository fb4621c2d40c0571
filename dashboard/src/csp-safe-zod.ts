import { config } from "zod";

// The page's content security policy forbids making code from text, which zod tries when a schema is made. This module is
// imported before any that makes one.
config({ jitless: true });
