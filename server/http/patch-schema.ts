import { z } from "zod";

/** The same fields, all optional, and without their defaults: what is not named stays as it is. */
export function patchSchema<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    shape[name] = withoutDefault(field as z.ZodType).optional();
  }
  return z.strictObject(shape);
}

function withoutDefault(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault || field instanceof z.ZodOptional
    ? withoutDefault(field.unwrap() as z.ZodType)
    : field;
}
