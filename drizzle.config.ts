import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate` writes the next file of db/migrations from db/schema. */
export default defineConfig({ dialect: "sqlite", schema: "./db/schema/*.ts", out: "./db/migrations" });
